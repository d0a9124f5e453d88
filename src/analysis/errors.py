"""The one error that a user is meant to read."""

DEBUG = "XUKE_DEBUG"  # set in the environment: the traceback of an unforeseen error


class XukeError(Exception):
    """A mistake in data, parameters or surroundings, told in one Chinese sentence.

    The sentence says what is wrong and what to do; the command line prints it without a traceback.
    """


class InsufficientError(XukeError):
    """What is asked cannot be computed from the columns there are (数据不足): the sentence says why."""
