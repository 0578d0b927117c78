#include "crawler/mail.h"

#include <algorithm>

#include "base/text.h"
#include "crawler/base64.h"
#include "crawler/charset.h"
#include "crawler/harvest_rows.h"
#include "crawler/html_text.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostHeaders = 256 << 10;
constexpr std::size_t kMostWords = std::size_t{1} << 20;
constexpr std::size_t kDeepestParts = 32;

// Base64 with signs in it that do not belong there is read without them.
std::string loose_base64(std::string_view text) {
  if (auto decoded = decode_base64(text)) return *decoded;
  std::string clean;
  for (const char c : text)
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
        c == '/')
      clean += c;
  clean.resize(clean.size() / 4 * 4);
  return decode_base64(clean).value_or("");
}

// Where in a page of a mail the quoted mail begins.
std::string_view without_quote(std::string_view html) {
  std::size_t cut = html.size();
  const std::string lower = ascii_lower(html);
  for (const std::string_view sign :
       {"class=\"gmail_quote", "<blockquote type=\"cite\"", "<blockquote type=cite",
        "id=\"divrplyfwdmsg\"", "id=\"appendonsend\"", "class=\"moz-cite-prefix\"",
        "class=\"yahoo_quoted", "id=\"mail-editor-reference-message"})
    if (const auto at = lower.find(sign); at != std::string::npos)
      cut = std::min(cut, lower.rfind('<', at));
  return html.substr(0, cut);
}

std::string bare_id(std::string_view text) {
  const auto open = text.find('<');
  const auto close = text.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos)
    return std::string(trim(text));
  return std::string(trim(text.substr(open + 1, close - open - 1)));
}

// `"Berg, Anna" <anna@x.example>`, `anna@x.example (Anna Berg)`, `anna@x.example`.
void read_address(std::string_view raw, Mail& mail) {
  std::string_view name;
  std::string_view address = trim(raw);
  const auto open = raw.rfind('<');
  if (open != std::string_view::npos) {
    name = raw.substr(0, open);
    address = raw.substr(open + 1);
    address = address.substr(0, address.find('>'));
  } else if (const auto bracket = raw.find('('); bracket != std::string_view::npos) {
    address = raw.substr(0, bracket);
    name = raw.substr(bracket + 1);
    name = name.substr(0, name.rfind(')'));
  }
  name = trim(name);
  if (name.size() > 1 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name[i] != '\\' || (i > 0 && name[i - 1] == '\\')) plain += name[i];
  mail.from_name = fold_space(decode_header(plain));
  mail.from_address = clean_utf8(ascii_lower(trim(address)));
}

Seconds read_date(const std::string& header, std::string_view from_line) {
  const Seconds sent = time_in(header.substr(0, header.find('(')));
  if (sent != kNoTime) return sent;
  const auto address_end = from_line.find(' ', 5);  // "From anna@x.example Tue Mar …"
  return address_end == std::string_view::npos ? kNoTime : time_in(from_line.substr(address_end));
}

}  // namespace

bool is_from_line(std::string_view line) {
  if (line.substr(0, 5) != "From ") return false;
  const auto colon = line.find(':', 5);
  return colon != std::string_view::npos && colon > 7 && colon + 1 < line.size() &&
         line[colon - 1] >= '0' && line[colon - 1] <= '9' && line[colon + 1] >= '0' &&
         line[colon + 1] <= '9';
}

void MailReader::begin_message(std::string_view from_line) {
  from_line_ = from_line;
  from_at_ = lines_.line();
  in_headers_ = top_ = true;
  top_headers_.clear();
  headers_.clear();
  last_header_.clear();
  boundaries_.clear();
  header_bytes_ = collected_ = 0;
  part_ = {};
  plain_.clear();
  html_.clear();
  wanted_ = cut_ = false;
}

void MailReader::header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaders) return;
  if (!line.empty() && (line[0] == ' ' || line[0] == '\t')) {
    if (!last_header_.empty()) headers_[last_header_] += " " + std::string(trim(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  last_header_ = ascii_lower(trim(line.substr(0, colon)));
  // The first of several counts: what a relay adds stands above.
  if (!headers_.emplace(last_header_, trim(line.substr(colon + 1))).second) last_header_.clear();
}

std::string MailReader::header(const std::string& name) const {
  const auto found = headers_.find(name);
  return found == headers_.end() ? std::string() : found->second;
}

void MailReader::end_headers() {
  in_headers_ = false;
  part_ = {};
  part_.media = media_type_of(header("content-type"));
  if (part_.media.type.empty()) part_.media.type = "text/plain";
  part_.encoding = ascii_lower(trim(header("content-transfer-encoding")));
  const MediaType disposition = media_type_of(header("content-disposition"));
  part_.attached = disposition.type == "attachment" || !disposition.name.empty();
  if (part_.media.type.rfind("multipart/", 0) == 0 && !part_.media.boundary.empty() &&
      boundaries_.size() < kDeepestParts)
    boundaries_.push_back(part_.media.boundary);
  wanted_ =
      !part_.attached && (part_.media.type == "text/plain" || part_.media.type == "text/html");
  if (top_) top_headers_ = headers_;
  top_ = false;
}

bool MailReader::at_boundary(std::string_view line) {
  if (line.substr(0, 2) != "--") return false;
  for (std::size_t i = boundaries_.size(); i-- > 0;) {
    const std::string& boundary = boundaries_[i];
    if (line.substr(2, boundary.size()) != boundary) continue;
    const std::string_view rest = trim(line.substr(2 + boundary.size()));
    if (!rest.empty() && rest != "--") continue;
    end_part();
    boundaries_.resize(rest.empty() ? i + 1 : i);
    in_headers_ = rest.empty();
    headers_.clear();
    last_header_.clear();
    return true;
  }
  return false;
}

void MailReader::body_line(std::string_view line) {
  if (at_boundary(line) || !wanted_) return;
  if (collected_ + line.size() > kMostWords) {
    cut_ = true;
    wanted_ = false;
    return;
  }
  collected_ += line.size() + 1;
  part_.body += line;
  part_.body += '\n';
}

void MailReader::end_part() {
  std::string body = std::move(part_.body);
  const bool html = part_.media.type == "text/html";
  wanted_ = false;
  if (body.empty()) return;
  if (part_.encoding == "base64") body = loose_base64(body);
  if (part_.encoding == "quoted-printable") body = decode_quoted_printable(body);
  const bool says_nothing = iequals_ascii(part_.media.charset, "us-ascii");
  body = clean_utf8(decode_text(body, says_nothing ? std::string() : part_.media.charset));
  (html ? html_ : plain_) += body + "\n";
  part_ = {};
}

void MailReader::finish(Mail& mail) {
  if (in_headers_) end_headers();
  end_part();
  headers_ = std::move(top_headers_);
  mail = {};
  mail.line = from_at_;
  mail.id = clean_utf8(bare_id(header("message-id")));
  mail.parent = clean_utf8(bare_id(header("in-reply-to")));
  if (const std::string all = header("references"); mail.parent.empty() && !all.empty())
    mail.parent =
        clean_utf8(bare_id(std::string_view(all).substr(std::min(all.rfind('<'), all.size()))));
  read_address(header("from"), mail);
  mail.subject = fold_space(decode_header(header("subject")));
  mail.sent = read_date(header("date"), from_line_);
  mail.labels = decode_header(header("x-gmail-labels"));
  const std::string automatic = ascii_lower(header("auto-submitted"));
  const std::string precedence = ascii_lower(header("precedence"));
  mail.automatic = (!automatic.empty() && automatic != "no") || precedence == "bulk" ||
                   precedence == "junk" || precedence == "auto_reply";
  if (!header("list-post").empty()) mail.automatic = false;  // people on a list
  mail.cut = cut_;
  mail.text = own_words(trim(plain_).empty() ? html_to_text(without_quote(html_)) : plain_);
}

Result<bool> MailReader::next(Mail& mail) {
  std::string_view line;
  while (PLUMBLINE_TRY(lines_.next(line))) {
    const bool begins = blank_before_ && is_from_line(line);
    blank_before_ = line.empty();
    if (begins || (!inside_ && !line.empty())) {
      const bool before = inside_;
      if (before) finish(mail);
      inside_ = true;
      begin_message(begins ? line : std::string_view{});
      if (!begins) header_line(line);  // a mail that stands alone, without a "From " line
      if (before) return true;
      continue;
    }
    if (!inside_) continue;
    // ">From " at the beginning of a line is "From " written into an mbox.
    if (!in_headers_ && !line.empty() && line[0] == '>') {
      const auto sign = line.find_first_not_of('>');
      if (sign != std::string_view::npos && line.substr(sign, 5) == "From ") line.remove_prefix(1);
    }
    if (!in_headers_)
      body_line(line);
    else if (line.empty())
      end_headers();
    else
      header_line(line);
  }
  if (!inside_) return false;
  inside_ = false;
  finish(mail);
  return true;
}

Status harvest_mails(ByteSource& bytes, Harvest& harvest) {
  MailReader mails(bytes);
  Mail mail;
  while (PLUMBLINE_TRY(mails.next(mail))) {
    const std::string labels = ascii_lower(mail.labels);
    const bool thrown = labels.find("spam") != std::string::npos ||
                        labels.find("trash") != std::string::npos ||
                        labels.find("draft") != std::string::npos;
    if (thrown || mail.automatic || mail.text.empty()) {
      harvest.pass(thrown           ? "spam, bin or draft"
                   : mail.automatic ? "mail written by a machine"
                                    : "mail without words of its writer");
      continue;
    }
    if (mail.cut)
      harvest.note(mail.line, "a mail above 1 MiB of words, of which the beginning is kept");
    Document document;
    document.id = mail.id;
    document.parent = mail.parent;
    document.author = {mail.from_address, mail.from_address, mail.from_name};
    document.published_at = mail.sent;
    document.title = mail.subject;
    document.text = mail.text;
    PLUMBLINE_CHECK(harvest.keep(mail.line, std::move(document)));
  }
  return {};
}

}  // namespace plumbline
