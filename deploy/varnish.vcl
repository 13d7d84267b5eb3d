vcl 4.1;

# Varnish in front of one or more web machines: pages are kept until the newsroom purges them by tag (PURGE_URLS).
# Debian's varnish and varnish-modules. Start it with `-p http_gzip_support=off`, so that pages pass as the newsroom
# compressed them, in Brotli too: deploy/systemd/varnish.service.d/newsroom.conf.

import directors;
import std;
import xkey;

backend first {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 120s;      # twenty photos in one form take their time
    .between_bytes_timeout = 30s;
    .probe = { .url = "/healthz"; .interval = 2s; .timeout = 2s; .window = 3; .threshold = 2; .initial = 2; }
}

sub vcl_init {
    new machines = directors.round_robin();
    machines.add_backend(first);     # the next machine: one more backend, one more line
}

# The newsroom's own machines, and nginx before this Varnish.
acl ours {
    "localhost";
}

# Varnish has put the sender's address at the end of X-Forwarded-For. Behind our nginx that is nginx, and the reader
# stands before it. From anybody else only the address counts, not what he says.
sub who_asks {
    unset req.http.X-Old-Will-Do;
    unset req.http.X-Proxied;
    if (client.ip ~ ours && req.http.X-Forwarded-For ~ ",") {
        set req.http.X-Proxied = "1";
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    } else {
        set req.http.X-Forwarded-For = client.ip;
        set req.http.X-Forwarded-Proto = "http";
    }
}

sub vcl_recv {
    set req.backend_hint = machines.backend();
    unset req.http.Proxy;

    if (req.restarts == 0) {
        call who_asks;
    }

    if (req.method == "PURGE") {
        # Only from a machine of ours, straight, never passed on by nginx.
        if (client.ip !~ ours || req.http.X-Proxied) {
            return (synth(405));
        }
        # What was withdrawn goes; what has only changed stays for the hour in which nobody answers behind us.
        if (req.http.X-Purge == "soft") {
            return (synth(200, "Purged " + xkey.softpurge(req.http.xkey-purge)));
        }
        return (synth(200, "Purged " + xkey.purge(req.http.xkey-purge)));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Who is signed in, and the desk with its previews: always from the newsroom, and nothing of it is kept.
    if (req.http.Cookie ~ "(^|; *)((__Host-)?sessionid=|xem-ban-[0-9]+=)" || req.http.Authorization || req.url ~ "^/(admin|xem-truoc|xem-ban)/") {
        return (pass);
    }
    unset req.http.Cookie;           # readers have none of ours; those of others make no page different

    if (req.http.Accept-Encoding ~ "(?i)\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # An old page only where there is no new one to be had. While the newsroom answers, a page whose time is over (the
    # next scheduled story is due) is fetched first; the many who ask for it meanwhile wait for that one answer.
    if (std.healthy(req.backend_hint) && !req.http.X-Old-Will-Do) {
        set req.grace = 0s;
    } else {
        set req.grace = 1d;
    }
    return (hash);
}

sub vcl_backend_response {
    # A public page says so by its tags; whatever comes without them, or with a cookie, is not kept.
    if (beresp.status < 500 && beresp.http.Cache-Tag && !beresp.http.Set-Cookie
            && beresp.http.Cache-Control !~ "(?i)(no-store|private)") {
        set beresp.http.xkey = beresp.http.Cache-Tag;
        # How long, if no purge comes: until the next scheduled moment, which the newsroom knows. Not Cache-Control:
        # that is for browsers, which cannot be purged.
        set beresp.ttl = 1s;
        if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
            set beresp.ttl = std.duration(
                regsub(beresp.http.Surrogate-Control, ".*max-age=([0-9]+).*", "\1") + "s", 1s);
        }
        set beresp.grace = 1d;       # for the hour in which nobody answers
        set beresp.keep = 1h;        # a page that did not change comes again as 304
        return (deliver);
    }
    if (beresp.status >= 500 && !bereq.uncacheable) {
        if (bereq.is_bgfetch || !bereq.http.X-Old-Will-Do) {
            return (abandon);        # an answer would take the place of the old page: see vcl_synth
        }
        set beresp.ttl = 0s;         # there is none: the reader is told in the newsroom's words
        set beresp.grace = 0s;
        return (deliver);
    }
    if (bereq.url ~ "^/(static|media)/" && beresp.status == 200 && beresp.http.Cache-Control ~ "immutable"
            && !beresp.http.Set-Cookie) {
        set beresp.ttl = 1d;
        if (bereq.url ~ "^/media/") {
            set beresp.ttl = 30s;    # a picture goes with its article when that is withdrawn
            set beresp.grace = 1d;   # for the hour in which nobody answers
            set beresp.keep = 1d;    # and comes again as 304
        }
        return (deliver);
    }
    if (bereq.url ~ "^/media/duoc-xem/" && beresp.status == 204) {
        set beresp.ttl = 30s;
        set beresp.grace = 1d;
        return (deliver);
    }
    set beresp.uncacheable = true;
    set beresp.ttl = 120s;
    return (deliver);
}

sub vcl_deliver {
    if (obj.hits == 0) {
        set resp.http.X-Cache-Front = "MISS";
    } elsif (obj.ttl <= 0s) {
        set resp.http.X-Cache-Front = "STALE";
    } else {
        set resp.http.X-Cache-Front = "HIT";
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Control;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}

sub vcl_backend_error {
    return (abandon);
}

# The newsroom fails or is not there: once more, and an old page will do.
sub vcl_synth {
    if (resp.status == 503 && req.method ~ "^(GET|HEAD)$" && req.restarts == 0 && !req.http.Cookie) {
        set req.http.X-Old-Will-Do = "1";
        return (restart);
    }
}
