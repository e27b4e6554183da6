"""The table of the cache that all workers share: how often somebody tried to sign in, and which codes are used up."""

from django.db import models


class SharedCache(models.Model):
    """One entry of Django's database cache, which writes and reads it by itself; nothing in it names a person."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identity_shared_cache"

    def __str__(self) -> str:
        return self.cache_key
