"""Search: an own table of bigrams, the same on both databases.

Most words have two characters, where trigram indexes of databases find nothing or scan. Reactions call
`index(record, text)` and `forget(record)`; `find` intersects the query's bigrams inside the actor's scope.
"""

from django.db import models


class SearchTerm(models.Model):
    """That a record holds a term: two neighbouring characters, or the last one of a word alone."""

    id = models.BigAutoField(primary_key=True)
    district_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    """The record's model, `module.model`."""
    first = models.CharField(max_length=1)
    """The term's first character: one character is searched by equality, on every collation."""
    term = models.CharField(max_length=2)
    path = models.CharField(max_length=200)
    """The place of the record's unit in the tree."""
    record_id = models.UUIDField()

    class Meta:
        db_table = "fnd_search_term"
        constraints = [
            models.UniqueConstraint(fields=["record_id", "term", "kind"], name="fnd_search_term_once")
        ]
        indexes = [
            models.Index(
                fields=["district_id", "kind", "first", "term", "record_id", "path"], name="fnd_search_lookup"
            )
        ]
