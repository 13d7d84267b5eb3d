"""What lies in Redis is JSON. Django's own serializer is pickle: whoever may write there could run code here."""

import json


class JsonSerializer:
    """As RedisCache wants it: whole numbers as they are, so that Redis can count them up."""

    def dumps(self, value):
        return value if type(value) is int else json.dumps(value)

    def loads(self, data):
        return json.loads(data)
