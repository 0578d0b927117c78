#include "crawler/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kGuessed = 64 * 1024;

struct Mark {
  std::string_view bytes;
  const char* charset;
};
// The UTF-32 marks first: the little-endian one begins like that of UTF-16.
constexpr std::array<Mark, 5> kMarks = {{{std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
                                         {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
                                         {"\xEF\xBB\xBF", "UTF-8"},
                                         {"\xFF\xFE", "UTF-16LE"},
                                         {"\xFE\xFF", "UTF-16BE"}}};

const Mark* mark_of(std::string_view head) {
  for (const Mark& mark : kMarks)
    if (head.substr(0, mark.bytes.size()) == mark.bytes) return &mark;
  return nullptr;
}

// How many bytes at the end belong to a sequence that is cut off there.
std::size_t cut_tail(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return 0;
    if (byte >= 0xC0) {
      const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

// Whether bytes that are not all ASCII are UTF-8 but for damage: other encodings hardly ever form
// its sequences, so one row in another encoding does not speak for the file.
bool is_mostly_utf8(std::string_view text) {
  std::size_t good = 0, bad = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size() - cut_tail(text));
  for (std::int32_t i = 0; i < length;) {
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    ++(c >= 0 ? good : bad);
  }
  return good > 0 && good >= 2 * bad;
}

// UTF-16 without a mark: text in it has a zero in every other byte where it is ASCII.
const char* wide_charset(std::string_view head) {
  std::size_t zeros[2] = {0, 0};
  const std::size_t looked = std::min<std::size_t>(head.size(), 4096);
  for (std::size_t i = 0; i < looked; ++i) zeros[i & 1] += head[i] == '\0' ? 1 : 0;
  if (zeros[1] * 10 > looked * 3 && zeros[0] * 10 < zeros[1]) return "UTF-16LE";
  if (zeros[0] * 10 > looked * 3 && zeros[1] * 10 < zeros[0]) return "UTF-16BE";
  return nullptr;
}

bool names_encoding(const std::string& name) {
  if (name.empty()) return false;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> opened(ucnv_open(name.c_str(), &error),
                                                                  &ucnv_close);
  return U_SUCCESS(error);
}

bool is_multi_byte(std::string_view name) {
  for (const std::string_view known : {"Shift_JIS", "GB18030", "EUC-JP", "EUC-KR", "Big5",
                                       "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN"})
    if (name == known) return true;
  return false;
}

// ICU's guess for bytes that are not UTF-8. Programs that say ISO-8859-1 mean windows-1252.
std::string detect(std::string_view head) {
  constexpr const char* kFallback = "windows-1252";
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error),
                                                                            &ucsdet_close);
  if (U_FAILURE(error)) return kFallback;
  ucsdet_setText(detector.get(), head.data(), static_cast<std::int32_t>(head.size()), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr) return kFallback;
  const std::int32_t confidence = ucsdet_getConfidence(match, &error);
  const char* found = ucsdet_getName(match, &error);
  if (U_FAILURE(error) || found == nullptr) return kFallback;
  const std::string name = found;
  const auto high = std::count_if(head.begin(), head.end(), [](char c) { return (c & 0x80) != 0; });
  if (is_multi_byte(name)) {
    const bool dense = static_cast<std::size_t>(high) * 5 > head.size();
    return confidence >= 30 || dense ? name : kFallback;
  }
  // A handful of accents says little about which Latin alphabet they are of.
  const bool sure = confidence >= 20 && high >= 8;
  if (name.rfind("UTF-", 0) == 0 || name == "ISO-8859-1" || !sure) return kFallback;
  return name == "ISO-8859-9" ? "windows-1254" : name;
}

void count_and_replace(const void* context, UConverterToUnicodeArgs* args, const char*,
                       std::int32_t, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  static constexpr UChar kReplacement = 0xFFFD;
  *error = U_ZERO_ERROR;
  ++*static_cast<std::int64_t*>(const_cast<void*>(context));
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, error);
}

std::int64_t repair_utf8(std::string_view bad, std::string& out) {
  std::int64_t replaced = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(bad.data());
  const auto length = static_cast<std::int32_t>(bad.size());
  out.clear();
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c >= 0) {
      out.append(bad.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
    } else {
      out += "\xEF\xBF\xBD";
      ++replaced;
    }
  }
  return replaced;
}

// A whole text as a ByteSource.
class HeadSource : public ByteSource {
 public:
  explicit HeadSource(std::string_view text) : text_(text) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    const std::size_t count = std::min(most, text_.size());
    std::memcpy(into, text_.data(), count);
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
};

}  // namespace

struct TextReader::Converter {
  UConverter* from = nullptr;
  UConverter* to = nullptr;
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  bool first = true;
  ~Converter() {
    if (from != nullptr) ucnv_close(from);
    if (to != nullptr) ucnv_close(to);
  }
  bool open(const std::string& charset, std::int64_t* replaced) {
    UErrorCode error = U_ZERO_ERROR;
    from = ucnv_open(charset.c_str(), &error);
    to = ucnv_open("UTF-8", &error);
    if (U_FAILURE(error)) return false;
    ucnv_setToUCallBack(from, count_and_replace, replaced, nullptr, nullptr, &error);
    return U_SUCCESS(error);
  }
};

std::string guess_charset(std::string_view head) {
  if (const Mark* mark = mark_of(head)) return mark->charset;
  if (const char* wide = wide_charset(head)) return wide;
  if (head.find("\x1b$") != std::string_view::npos) return detect(head);  // ISO-2022
  if (is_ascii(head.substr(0, head.size() - cut_tail(head))) || is_mostly_utf8(head))
    return "UTF-8";
  return detect(head);
}

std::string decode_head(std::string_view head) { return decode_text(head.substr(0, kGuessed), {}); }

std::string decode_text(std::string_view text_bytes, const std::string& charset) {
  HeadSource bytes(text_bytes);
  TextReader reader(bytes, charset);
  std::string text;
  for (auto piece = reader.next(); piece && !piece->empty(); piece = reader.next()) text += *piece;
  return text;
}

TextReader::TextReader(ByteSource& bytes, std::string hint)
    : bytes_(bytes), hint_(std::move(hint)) {}
TextReader::~TextReader() = default;

// Tops `raw_` up to one full piece, whatever sizes the source gives.
Status TextReader::fill() {
  raw_.erase(0, taken_);
  taken_ = 0;
  while (!ended_ && raw_.size() < kGuessed) {
    const std::size_t had = raw_.size();
    raw_.resize(kGuessed);
    auto got = bytes_.read(raw_.data() + had, kGuessed - had);
    raw_.resize(had + (got ? *got : 0));
    if (!got) return tl::unexpected(std::move(got).error());
    ended_ = *got == 0;
  }
  return {};
}

// Settles `charset_` where the bytes at hand say enough.
void TextReader::decide() {
  if (!begun_) {
    begun_ = true;
    if (const Mark* mark = mark_of(raw_)) {
      charset_ = mark->charset;
      raw_.erase(0, mark->bytes.size());
    } else if (names_encoding(hint_)) {
      charset_ = hint_;
    } else if (wide_charset(raw_) != nullptr || raw_.find("\x1b$") != std::string::npos) {
      charset_ = guess_charset(raw_);
    }
  }
  if (charset_.empty() && !is_ascii(raw_)) {
    charset_ = guess_charset(raw_);
    may_err_ = charset_.starts_with("windows-") || charset_.starts_with("ISO-8859-");
  } else if (may_err_ && is_mostly_utf8(raw_)) {  // the first odd bytes were damage
    may_err_ = false;
    charset_ = "UTF-8";
    converter_.reset();
  }
  if (charset_.empty() || charset_ == "UTF-8" || converter_) return;
  converter_ = std::make_unique<Converter>();
  if (!converter_->open(charset_, &replaced_)) converter_.reset();
}

std::string_view TextReader::read_utf8() {
  const std::size_t tail = ended_ ? 0 : cut_tail(raw_);
  const std::string_view piece = std::string_view(raw_).substr(0, raw_.size() - tail);
  taken_ = piece.size();
  if (is_utf8(piece)) return piece;
  replaced_ += repair_utf8(piece, text_);
  return text_;
}

Result<std::string_view> TextReader::read_converted() {
  Converter& c = *converter_;
  text_.resize(raw_.size() * 4 + 64);
  const char* source = raw_.data();
  char* target = text_.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_convertEx(c.to, c.from, &target, text_.data() + text_.size(), &source,
                 raw_.data() + raw_.size(), c.pivot.data(), &c.pivot_source, &c.pivot_target,
                 c.pivot.data() + c.pivot.size(), c.first, ended_, &error);
  c.first = false;
  if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
    return fail(ErrorCode::parse,
                "cannot be read as " + charset_ + " text (" + u_errorName(error) + ")");
  taken_ = static_cast<std::size_t>(source - raw_.data());
  return std::string_view(text_.data(), static_cast<std::size_t>(target - text_.data()));
}

Result<std::string_view> TextReader::next() {
  for (;;) {
    PLUMBLINE_CHECK(fill());
    decide();
    if (raw_.empty() && !(ended_ && converter_ && !converter_->first)) return std::string_view{};
    const bool last = raw_.empty();
    const std::string_view piece = converter_ ? PLUMBLINE_TRY(read_converted()) : read_utf8();
    if (last) converter_->first = true;  // flushed: nothing can follow
    if (!piece.empty() || last) return piece;
    if (taken_ == 0 && ended_) return piece;
  }
}

}  // namespace plumbline
