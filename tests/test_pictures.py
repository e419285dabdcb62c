"""`make pictures` leaves no page out: the table of pictures against the address map and the tables of moves."""

from collections import Counter

from django.urls import Resolver404, resolve
from tools.picture_pages import MOVES, MOVES_NOT_WAITING, NOT_PICTURED, PAGES

from tests.families.routes import routes
from xiaoan.hazards.lifecycle import EXTENSION, HAZARD, REFERRAL


def name_of(path):
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def test_every_address_has_its_picture_or_its_reason():
    pictured = {picture.shows for picture in PAGES} - {""}
    assert pictured & set(NOT_PICTURED) == set()
    assert pictured | set(NOT_PICTURED) == set(routes())


def test_every_picture_has_a_name_of_its_own():
    assert [name for name, times in Counter(picture.name for picture in PAGES).items() if times > 1] == []


def test_a_picture_that_is_found_without_a_link_shows_what_it_says():
    wrong = [
        each.name for each in PAGES if each.shows and not each.finds and name_of(each.path) != each.shows
    ]
    assert wrong == []


def test_every_move_that_a_person_makes_has_its_picture_or_waits_for_nothing():
    by_hand = {move.verb for table in (HAZARD, EXTENSION, REFERRAL) for move in table.moves if not move.robot}
    assert (set(), by_hand) == (MOVES & MOVES_NOT_WAITING, MOVES | MOVES_NOT_WAITING)
