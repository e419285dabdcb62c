"""The answer goes to the person who wrote."""

from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.events import RemarkAnswered
from xiaoan.feedback.models import Remark
from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.messages.acts import tell
from xiaoan.messages.models import Notice


@reacts_to(RemarkAnswered)
def tell_the_writer(delivery: Delivery) -> None:
    """Who wrote hears that there is an answer."""
    rows = Remark.objects.everything("whoever wrote is told, whatever the answerer sees")
    remark = rows.select_related("unit", "created_by").get(pk=delivery.event.record_id)
    tell(
        actor=delivery.robot(),
        ask=delivery.ask("tell"),
        unit=remark.unit,
        people=[remark.created_by],
        about=remark,
        notice=Notice.of(
            kind=_("答复"),
            title=str(remark),
            body=_("您写的投诉建议已有答复，请点开查看。"),
            url=remark.get_absolute_url(),
        ),
    )
