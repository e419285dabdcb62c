"""随手报 is everybody's: who is appointed in a department reports for the school that it belongs to."""

import re

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.hazards import acts
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import hazards, places_of, reporting_unit
from xiaoan.hazards.tests.factories import a_finding, a_place, reported
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed

POSTS = ("department_head", "post_holder", "staff", "safety_officer")


@pytest.fixture
def office(district):
    return a_unit(district.cast.school, UnitKind.DEPARTMENT, code="YH-S1-D", name="后勤处")


@pytest.mark.parametrize("post", POSTS)
def test_whoever_is_of_a_department_reports_for_its_school(client, district, office, post):
    person = appointed(office, post, "叶清和")
    client.force_login(person.account)
    page = client.get("/hazards/report/").content.decode()
    assert district.cast.school.name in page
    sent = client.post(
        "/hazards/report/",
        {
            "submission_id": re.search(r'name="submission_id" value="([^"]+)"', page)[1],
            "place": str(district.canteen.pk),
            "kind": "gas",
            "text": "燃气软管老化",
        },
    )
    found = Hazard.objects.everything("a test").get()
    assert (sent.status_code, sent["Location"]) == (303, found.get_absolute_url())
    assert (found.unit, found.source, found.found_by) == (district.cast.school, "school", person)
    assert client.get(found.get_absolute_url()).status_code == 200


def test_a_department_reports_for_no_other_school(district, office):
    actor = actor_for(appointed(office, "staff", "叶清和"))
    assert reporting_unit(actor) == district.cast.school
    assert reporting_unit(actor, str(district.cast.neighbour.pk)) is None
    with pytest.raises(NotPermitted):
        acts.report_hazard(
            actor=actor,
            ask=Ask(),
            unit=district.cast.neighbour,
            finding=a_finding(a_place(district.cast.neighbour, "P-2")),
        )


def test_a_head_of_a_department_sees_the_places_of_the_school_and_no_more_of_its_hazards_than_before(
    district, office
):
    reported(district)
    actor = actor_for(appointed(office, "department_head", "叶清和"))
    assert list(places_of(actor, district.cast.school)) == [district.canteen]
    assert list(hazards(actor)) == []
