// The script of all public pages: its parts, one file a behaviour (newsroom/static.py makes them one).
import "./share.js";
import "./textsize.js";
import "./player.js";
import "./reads.js";
import "./offline.js";
