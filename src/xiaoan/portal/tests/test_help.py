"""帮助: whose guide comes first, that every role has one, that each is whole in both languages."""

import csv

import pytest
from django.conf import settings
from django.utils.translation import override
from PIL import Image

from xiaoan.portal.help import PICTURES, Guides, guides

LARGEST, ALL = 60_000, 2_000_000
"""Bytes of a picture, and of all."""
LANGUAGES = ("zh-hans", "en")


def roles_of_the_matrix():
    lines = [line for line in settings.MATRIX.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return sorted(" ".join(list(csv.reader(lines))[1][1:]).split())


def titles(client, person):
    client.force_login(person.account)
    page = client.get("/help/")
    return [str(guide.title) for _name, guide in page.context["own"]]


def files_shown():
    shown = set()
    for language in LANGUAGES:
        with override(language):
            steps = [step for guide in guides().guides.values() for step in guide.day]
            shown |= {step.picture.file for step in steps}
    return shown


def test_every_role_has_exactly_one_guide():
    assert sorted(role for guide in guides().guides.values() for role in guide.roles) == roles_of_the_matrix()


@pytest.mark.django_db
def test_the_guide_of_ones_own_post_comes_first(client, cast):
    own = {name: titles(client, getattr(cast, name)) for name in ("shen", "lin", "wen", "zhou", "bai", "gu")}
    assert own == {
        "shen": ["安全员"],
        "lin": ["校长、园长"],
        "wen": ["党组织书记"],
        "zhou": ["岗位责任人、部门负责人、教职工"],
        "bai": ["法制科"],
        "gu": ["教育综合事务中心"],
    }


@pytest.mark.django_db
def test_all_guides_are_listed_for_everybody(client, cast):
    client.force_login(cast.zhou.account)
    context = client.get("/help/").context
    listed = [name for name, _guide in (*context["own"], *context["others"])]
    assert sorted(listed) == sorted(guides().guides)


@pytest.mark.django_db
def test_help_is_two_presses_away_in_both_shells(client, cast):
    client.force_login(cast.shen.account)
    assert client.get("/").content.decode().count('href="/help/"') == 2
    assert client.get("/me/").content.decode().count('href="/help/"') == 3


@pytest.mark.django_db
def test_a_guide_that_is_not_there_is_not_found(client, cast):
    client.force_login(cast.shen.account)
    assert client.get("/help/nobody/").status_code == 404


def test_every_picture_is_there_and_none_is_left_over():
    assert set(PICTURES.glob("*")) == files_shown()


def test_pictures_are_small():
    sizes = {file.name: file.stat().st_size for file in PICTURES.glob("*")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) <= ALL


def test_pictures_tell_their_size_before_they_load(client, db, cast):
    client.force_login(cast.shen.account)
    page = client.get("/help/safety_officer/").content.decode()
    with Image.open(PICTURES / "today_officer-zh.webp") as picture:
        assert f'width="{picture.width}" height="{picture.height}"' in page


def test_what_every_guide_shares_is_used_by_some():
    found = guides()
    used = {name for guide in found.guides.values() for name in (*guide.unusual, *guide.terms)}
    assert used == set(found.situations) | set(found.terms)


def test_a_guide_that_names_an_unknown_situation_is_refused():
    found = guides().model_dump()
    found["guides"]["legal"]["unusual"][0] = "nowhere"
    with pytest.raises(ValueError, match="nowhere"):
        Guides.model_validate(found)
