"""A reader, and somebody at the desk."""

import http.client
import re
from dataclasses import dataclass
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()


def call(port, path="/", method="GET", body=None, source="127.0.0.1", **headers):
    """One request on a connection of its own; `x_y` is the header X-Y."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": "baomau.vn", **names})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def cookies(answer):
    return [said.split(";")[0] for said in answer.headers.get_all("Set-Cookie", [])]


def sign_in(port, name, password):
    """The cookies of who is signed in, or None where the desk refuses."""
    page = call(port, "/admin/login/")
    [cookie] = cookies(page)
    form = {"username": name, "password": password, "csrfmiddlewaretoken": token(page), "next": "/admin/"}
    done = call(port, "/admin/login/", "POST", urlencode(form), Cookie=cookie, Content_Type=FORM)
    return "; ".join(cookies(done)) if done.status == 302 else None


def token(page):
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def upload(port, path, cookie, token, file):
    """A file as a browser's form sends it."""
    edge = "----newsroom"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{edge}\r\n'
    head += 'Content-Disposition: form-data; name="upload"; filename="cau.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = head.encode() + file + f"\r\n--{edge}--\r\n".encode()
    return call(port, path, "POST", body, Cookie=cookie, Content_Type=f"multipart/form-data; boundary={edge}")
