"""Home, my page, the choice of language, search."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.ui.dates import day_of_week
from xiaoan.hazards import queries as hazards
from xiaoan.people.acts import choose_language
from xiaoan.plans import queries as plans
from xiaoan.portal.finding import found_by
from xiaoan.portal.forms import SearchForm
from xiaoan.portal.navigation import places_for
from xiaoan.portal.queries import agenda_of, post_name, standing_now


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """今日 / 工作台: what I owe in order of date, each with its one next step; what waits for others; what happened.

    A school sees at most three things large. Above the schools work of one kind lies in one line with its number.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    agenda = agenda_of(actor)
    completion = plans.completion(actor)
    district = hazards.district(actor)
    context = {
        "agenda": agenda,
        "district": district,
        "completion": completion,
        "standing": None if completion else standing_now(actor),
        "lately": hazards.lately(actor),
        "places": [] if agenda.number or completion else places_for(request, actor),
        "day_words": day_of_week(clock.today()),
    }
    return render(request, "portal/bench.html" if actor.oversees else "portal/today.html", context)


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """我的: the posts I hold today, the language, the way out."""
    actor = request.actor  # type: ignore[attr-defined]
    postings = [(posting, post_name(posting)) for posting in actor.narrowest_first]
    context = {"postings": postings, "places": places_for(request, actor)}
    return render(request, "portal/me.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """搜索: what the words of `?q=` find among everything that the actor sees, by kind."""
    form = SearchForm(request.GET if request.GET.get("q", "").strip() else None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    try:
        groups = found_by(request.actor, query)  # type: ignore[attr-defined]
    except RuleBroken as broken:
        form.add_error("q", [str(words) for words in broken.fields["q"]])
        groups = []
    context = {"form": form, "query": query, "groups": groups}
    return render(request, "portal/search.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie (and with the account of who is signed in), then go back."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        address = "/"
    response = redirect(address)
    language = request.POST.get("language", "")
    if check_for_language(language) and language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            person = request.user.person
            choose_language(actor=request.actor, ask=Ask(), person=person, language=language)  # type: ignore[attr-defined]
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
        )
    return response
