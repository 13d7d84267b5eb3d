"""The newsroom's tables as a bare site would describe them: the columns that its pages show."""

from django.db import models


class Section(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField()
    parent = models.ForeignKey("self", models.PROTECT, null=True)

    class Meta:
        managed = False
        db_table = "articles_category"

    def __str__(self):
        return self.name


class Author(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField()

    class Meta:
        managed = False
        db_table = "articles_author"

    def __str__(self):
        return self.name


class Topic(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField()

    class Meta:
        managed = False
        db_table = "articles_topic"

    def __str__(self):
        return self.name


class Article(models.Model):
    state = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    slug = models.SlugField()
    lede = models.TextField()
    body = models.TextField()
    published_at = models.DateTimeField()
    category = models.ForeignKey(Section, models.PROTECT)
    top = models.ForeignKey(Section, models.PROTECT, related_name="+")
    authors = models.ManyToManyField(Author, through="Byline")
    topics = models.ManyToManyField(Topic, db_table="articles_article_topics")

    class Meta:
        managed = False
        db_table = "articles_article"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/tin/{self.pk}/"


class Byline(models.Model):
    article = models.ForeignKey(Article, models.CASCADE)
    author = models.ForeignKey(Author, models.PROTECT)

    class Meta:
        managed = False
        db_table = "articles_byline"

    def __str__(self):
        return str(self.author)
