from django.urls import path

from . import views

urlpatterns = [
    path("", views.front),
    path("tin/<int:pk>/", views.article),
    path("muc/<slug:slug>/", views.section),
    path("muc/<slug:slug>/<str:day>/", views.day),
    path("ngay/<str:day>/", views.day),
    path("thang/<int:year>/<int:month>/", views.month),
    path("tac-gia/<slug:slug>/", views.author),
    path("chu-de/<slug:slug>/", views.topic),
    path("rss/", views.Rss()),
]
