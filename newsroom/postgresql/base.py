"""Tries the hosts one after the other. libpq would, too, but not past one that says nothing where a callback waits
(newsroom/postgresql/patience.py); and that leaves alone the host that said nothing, not all of them."""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        places = list(zip(conn_params["host"].split(","), conn_params["port"].split(","), strict=True))
        for number, (host, port) in enumerate(places, 1):
            try:
                return super().get_new_connection({**conn_params, "host": host, "port": port})
            except self.Database.OperationalError:  # away, silent, or read-only where the primary is wanted
                if number == len(places):
                    raise
        raise AssertionError("no host")
