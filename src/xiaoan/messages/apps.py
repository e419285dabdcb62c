from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """See the module's door plate. The label differs from Django's own `messages`."""

    name = "xiaoan.messages"
    label = "inbox"
