"""The one error that a user is meant to read."""

DEBUG = "XUKE_DEBUG"  # set in the environment: the traceback of an unforeseen error


class XukeError(Exception):
    """A mistake in data, parameters or surroundings, told in one Chinese sentence.

    The sentence says what is wrong and what to do; the command line and notebooks show it without a
    traceback.
    """

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython prints instead of a traceback."""
        return [str(self)]


class InsufficientError(XukeError):
    """What is asked cannot be computed from the columns there are (数据不足): the sentence says why."""
