"""Inbox, digests, reminder steps, channels. Not built yet."""
