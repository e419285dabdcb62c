"""One settings file. An instance is configured by environment variables, read loudly (a bad value stops it).

| variable | meaning | default |
| --- | --- | --- |
| `XIAOAN_HOME` | folder of an instance's data | `./var` |
| `XIAOAN_DATABASE` | `postgresql://user:password@host:port/name`; empty means the embedded SQLite | |
| `XIAOAN_SECRET_KEY` | signing key; without it one is made and kept in `XIAOAN_HOME` | |
| `XIAOAN_HOSTS` | host names served, separated by commas | `127.0.0.1,localhost` |
| `XIAOAN_DEMO` | `1` shows the cast on the log-in page and the demo banner | `0` |
| `XIAOAN_DAY` | `YYYY-MM-DD`: the day the clock shows (demo and rehearsals only) | |
| `XIAOAN_DEBUG` | `1` for development | `0` |
| `XIAOAN_HTTPS` | `1` where TLS ends in front: secure cookies and HSTS | `0` |
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from xiaoan.config.environment import env_flag, env_list, env_path, instance_secret
from xiaoan.foundation.database import database_settings

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env_path("XIAOAN_HOME", Path("var"))

DEBUG = env_flag("XIAOAN_DEBUG", default=False)
DEMO = env_flag("XIAOAN_DEMO", default=False)
SECRET_KEY = instance_secret(HOME)
ALLOWED_HOSTS = env_list("XIAOAN_HOSTS", ["127.0.0.1", "localhost"])

# The column, top to bottom: a module imports only what stands below it (see ARCHITECTURE.md).
MODULES = [
    "xiaoan.portal",
    "xiaoan.insight",
    "xiaoan.inspections",
    "xiaoan.ledgers",
    "xiaoan.hazards",
    "xiaoan.risks",
    "xiaoan.plans",
    "xiaoan.feedback",
    "xiaoan.messages",
    "xiaoan.people",
    "xiaoan.organisations",
    "xiaoan.foundation",
    "xiaoan.foundation.ui",
]

INSTALLED_APPS = [
    *MODULES,
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiaoan.foundation.middleware.BrowserMethodsMiddleware",
    "xiaoan.foundation.middleware.NoStoreMiddleware",
    "xiaoan.people.middleware.ActorMiddleware",
    "xiaoan.foundation.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "xiaoan.config.urls"
WSGI_APPLICATION = "xiaoan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "xiaoan.foundation.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "xiaoan.portal.context.shell",
            ],
        },
    },
]

DATABASES = {"default": database_settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "xiaoan.foundation.ui.error_pages.csrf_failure"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/ui/\w+-[\w-]{8}\.(css|js|svg)$"
"""What Vite names after its content is kept by browsers for ever."""
MEDIA_ROOT = HOME / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if env_flag("XIAOAN_HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Who may do what (acts and readings x roles): read at start, refused when it does not fit the registers.
MATRIX = PACKAGE / "config" / "matrix.csv"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
