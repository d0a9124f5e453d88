"""Supplements (补正): whether applicants are told everything at once, and in time."""
