"""An application that says what the server told it of a request."""

import json
import resource


def application(environ, start_response):
    read = 0
    if environ["PATH_INFO"] == "/read":
        while chunk := environ["wsgi.input"].read(65536):
            read += len(chunk)
    told = {name: value for name, value in environ.items() if isinstance(value, str)}
    told |= {"read": read, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    body = json.dumps(told).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
