"""Saving and deleting views of lists; they are shown above their list by `listing.py`."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.pages import act_by_button, act_by_form, see
from xiaoan.foundation.saved_views import LONGEST_NAME, SavedView, delete_view, save_view

app_name = "views"


class SaveForm(forms.Form):
    """A name; the list and what is chosen in it come with the page."""

    path = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False, empty_value="")
    name = forms.CharField(label=gettext_lazy("视图名称"), max_length=LONGEST_NAME)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is chosen in a list under a name; a name that cannot be used is asked for again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = SaveForm(request.POST)

    def do(ask: Ask) -> SavedView:
        owner = request.user.person  # type: ignore[union-attr]
        return save_view(actor=actor, ask=ask, owner=owner, **form.cleaned_data)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="listing/save_view.html",
        context={},
        done=SavedView.get_absolute_url,
        message=_("已保存视图，下次可在列表上方直接打开。"),
    )


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one of one's own views, and back to its list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = see(SavedView.objects.visible_to(actor), pk=pk)

    def do(ask: Ask) -> SavedView:
        return delete_view(actor=actor, ask=ask, view=view)

    return act_by_button(request, do=do, done=view.path, message=_("已删除视图。"))


urlpatterns = [
    path("save/", save, name="save"),
    path("<uuid:pk>/delete/", delete, name="delete"),
]
