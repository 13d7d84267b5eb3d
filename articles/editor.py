"""The editor of article bodies: what a news text needs, and nothing that plays with fonts and colours.

`allowedContent` is never set: CKEditor's own filter then allows what the buttons can make. What the sanitiser keeps
besides is allowed by name (`extra_content`), because the editor would take it out of every text it opens.
articles.E001 (checks.py) refuses a configuration that loosens this.
"""

from django.utils.translation import gettext_lazy as _

REMOVED_PLUGINS = (
    "exportpdf,scayt,wsc,flash,iframe,preview,print,newpage,save,forms,smiley,templates,language,"
    "font,colorbutton,colordialog,bidi,showblocks,about,image,pagebreak,copyformatting,elementspath"
)

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            ["Format", "Bold", "Italic", "RemoveFormat"],
            ["BulletedList", "NumberedList", "Blockquote", "CreateDiv"],
            ["Link", "Unlink", "Image", "Table", "SpecialChar"],
            ["PasteText", "PasteFromWord", "Undo", "Redo", "Find", "Maximize"],
        ],
        "extraPlugins": "image2,uploadimage,autogrow",
        "removePlugins": REMOVED_PLUGINS,
        "removeDialogTabs": (
            "link:advanced;link:target;image2:advanced;table:advanced;creatediv:advanced;editdiv:advanced"
        ),
        # What CreateDiv offers; it writes the class that richtext.py keeps.
        "stylesSet": [{"name": _("Information box"), "element": "div", "attributes": {"class": "box"}}],
        "disallowedContent": "script style iframe object embed form input; *[on*]; *{*}",
        "format_tags": "p;h2;h3",
        "entities": False,
        "versionCheck": False,
        "language": "vi",
        "defaultLanguage": "vi",
        "contentsCss": "/static/css/editor.css",
        "bodyClass": "body",
        "width": "100%",
        "autoGrow_onStartup": True,
        "autoGrow_minHeight": 320,
        "autoGrow_maxHeight": 900,
        "pasteFilter": (
            "p h2 h3 strong b em i u s sub sup ul ol li blockquote br table thead tbody tr; "
            "a[!href]; td th[colspan,rowspan]"
        ),
        "image2_alignClasses": [],
        "image2_disableResizer": True,
        "disableNativeSpellChecker": False,
        "clipboard_handleImages": False,  # a pasted picture is uploaded by uploadimage, not put in as base64
        "uploadUrl": "/admin/articles/photo/upload/",
        "imageUploadUrl": "/admin/articles/photo/upload/",
        "filebrowserUploadUrl": "/admin/articles/photo/upload/",
        "filebrowserUploadMethod": "xhr",
        "filebrowserImageBrowseUrl": "/admin/articles/photo/pick/",
    },
}


def extra_content(tags, attributes, classes):
    """The sanitiser's allow-list in CKEditor's words: one rule `tag[attributes](classes)` for each tag."""
    rules = []
    for tag in sorted(tags):
        names, kinds = sorted(attributes.get(tag, ())), sorted(classes.get(tag, {}).get("class", ()))
        rules.append(f"{tag}{_among('[]', names)}{_among('()', kinds)}")
    return "; ".join(rules)


def _among(brackets, names):
    return f"{brackets[0]}{','.join(names)}{brackets[1]}" if names else ""
