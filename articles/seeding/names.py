"""What a synthetic newspaper is called by: its sections, its people. Every list is plain words of the language."""

SECTIONS = [
    *("Chính trị", "Kinh tế", "Xã hội", "Văn hóa", "Giáo dục", "Y tế", "Pháp luật", "Thể thao", "Quốc tế", "Du lịch"),
    *("Nông nghiệp", "Công nghiệp", "Thương mại", "Khoa học", "Công nghệ", "Môi trường", "Giao thông", "Quốc phòng"),
    *("Dân tộc", "Đời sống"),
]
# Each section of the first level has one of each below it: "Nhân vật kinh tế". With their parents, 200.
FACETS = ["Tin", "Chuyện", "Nhân vật", "Hỏi đáp", "Góc nhìn", "Hồ sơ", "Sự kiện", "Chính sách", "Nhịp sống"]
TOPICS = ["Chuyển đổi số", "Nông thôn mới", "Giảm nghèo", "Cải cách hành chính", "An toàn giao thông", "Phòng dịch"]


def _words(text):
    return text.split()


FAMILY = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Quách Hà Xa Lò Lường Triệu Phùng Mai"
)
MIDDLE = _words("Văn Thị Minh Quang Thu Hồng Đức Thanh Gia Ngọc Hải Anh Tuấn Kim Xuân Đình Quốc Lan Mỹ Công")
GIVEN = _words(
    "Thắng Hương Dũng Thủy Sơn Hằng Linh Việt Hảo Khang Trung Vy Nhung Bách Phúc Khé Hòa Hoa Lan Ánh An Bình Cường Duy "
    "Giang Hạnh Hiếu Hùng Khánh Long Loan Nam Nga Oanh Phong Quân Quyên Thảo Thư Tiến Trang Trâm Tú Tùng Uyên Vân Yến"
)
