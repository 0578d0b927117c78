#include "crawler/vcard.h"

#include <fmt/core.h>

#include "base/text.h"
#include "crawler/harvest_rows.h"
#include "crawler/mime.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostValue = 256 << 10;  // a photo is longer, and not wanted

// "\n", "\,", "\;" and "\\" resolved.
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' || c == 'N' ? '\n' : c;
  }
  return out;
}

// The parts between separators that no backslash stands before.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';') {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
      if (text[i] == '\\' && i + 1 < text.size()) parts.back() += text[++i];
    }
  }
  for (std::string& part : parts) part = std::string(trim(unescape(part)));
  return parts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts)
    if (!part.empty()) out += (out.empty() ? std::string() : std::string(between)) + part;
  return out;
}

std::string name_of_parts(const std::vector<std::string>& n) {
  const auto part = [&](std::size_t i) { return i < n.size() ? n[i] : std::string(); };
  return joined({part(3), part(1), part(2), part(0), part(4)}, " ");
}

// 20260312T101500Z as well as what parse_time reads.
Seconds revision(std::string_view text) {
  std::string plain(trim(text));
  if (plain.size() >= 15 && plain[8] == 'T' && plain.find('-') == std::string::npos)
    plain = fmt::format("{}-{}-{}T{}:{}:{}{}", plain.substr(0, 4), plain.substr(4, 2),
                        plain.substr(6, 2), plain.substr(9, 2), plain.substr(11, 2),
                        plain.substr(13, 2), plain.substr(15));
  return time_in(plain);
}

}  // namespace

// A line with those that continue it.
Result<bool> VcardReader::next_line(std::string& line) {
  line.clear();
  std::string_view raw;
  if (has_ahead_) {
    line = std::move(ahead_);
    has_ahead_ = false;
    line_ = lines_.line();
  } else {
    if (!PLUMBLINE_TRY(lines_.next(raw))) return false;
    line = raw;
    line_ = lines_.line();
  }
  const std::string upper = ascii_lower(line.substr(0, line.find(':')));
  const bool quoted = upper.find("quoted-printable") != std::string::npos;
  while (PLUMBLINE_TRY(lines_.next(raw))) {
    const bool soft = quoted && !line.empty() && line.back() == '=';
    const bool folded = !raw.empty() && (raw[0] == ' ' || raw[0] == '\t');
    if (!soft && !folded) {
      ahead_ = raw;
      has_ahead_ = true;
      break;
    }
    if (soft) line.pop_back();
    // Version 2.1 folds at a blank, which is kept; later ones insert it.
    if (folded && !soft && !old_) raw.remove_prefix(1);
    if (line.size() < kMostValue) line += raw;
  }
  return true;
}

Result<bool> VcardReader::next_property(Property& property) {
  std::string line;
  for (;;) {
    if (!PLUMBLINE_TRY(next_line(line))) return false;
    bool quoted = false;
    std::size_t colon = 0;
    while (colon < line.size() && (quoted || line[colon] != ':')) {
      if (line[colon] == '"') quoted = !quoted;
      ++colon;
    }
    if (colon == line.size()) continue;
    property = {};
    property.value = line.substr(colon + 1);
    const std::string front = line.substr(0, colon);
    const auto parameters = split(front, ';');
    std::string name = ascii_lower(trim(parameters[0]));
    if (const auto dot = name.find('.'); dot != std::string::npos) name.erase(0, dot + 1);
    property.name = name;
    for (std::size_t i = 1; i < parameters.size(); ++i) {
      const std::string lower = ascii_lower(trim(parameters[i]));
      if (lower.find("quoted-printable") != std::string::npos) property.quoted_printable = true;
      if (lower.rfind("charset=", 0) == 0) property.charset = lower.substr(8);
    }
    return true;
  }
}

void VcardReader::take(const Property& property, Contact& contact) {
  std::string value = property.value;
  if (property.quoted_printable)
    value = decode_text(decode_quoted_printable(value), property.charset);
  const std::string& name = property.name;
  if (name == "version") {
    old_ = trim(value).substr(0, 1) == "2";
  } else if (name == "fn") {
    contact.name = trim(unescape(value));
  } else if (name == "n") {
    formal_ = name_of_parts(parts_of(value));
  } else if (name == "note") {
    const std::string note(trim(unescape(value)));
    if (!note.empty()) contact.words += (contact.words.empty() ? "" : "\n") + note;
  } else if (name == "org") {
    contact.organisation = joined(parts_of(value), ", ");
  } else if (name == "uid") {
    contact.id = trim(value);
  } else if (name == "url" || name == "x-socialprofile") {
    if (contact.url.empty()) contact.url = trim(unescape(value));
  } else if (name == "email" || name == "tel") {
    if (contact.reach.empty()) contact.reach = trim(value);
  } else if (name == "adr") {
    const std::vector<std::string> parts = parts_of(value);
    if (parts.size() > 3) contact.place = parts[3];
  } else if (name == "rev") {
    contact.written = revision(value);
  }
}

Result<bool> VcardReader::next(Contact& contact, std::string& problem) {
  contact = {};
  problem.clear();
  formal_.clear();
  old_ = false;
  bool inside = false;
  Property property;
  while (PLUMBLINE_TRY(next_property(property))) {
    const bool about_card = iequals_ascii(trim(property.value), "vcard");
    if (property.name == "begin" && about_card) {
      if (inside) problem = "a card begins inside of another, which is not closed";
      if (inside) contact = {};
      contact.line = line_;
      inside = true;
    } else if (inside && property.name == "end" && about_card) {
      if (contact.name.empty()) contact.name = formal_;
      return true;
    } else if (inside) {
      take(property, contact);
    }
  }
  if (inside) problem = "the card is not closed";
  if (contact.name.empty()) contact.name = formal_;
  return inside;
}

Status harvest_vcards(ByteSource& bytes, Harvest& harvest) {
  VcardReader cards(bytes);
  Contact contact;
  std::string problem;
  while (PLUMBLINE_TRY(cards.next(contact, problem))) {
    if (!problem.empty()) harvest.note(contact.line, problem);
    PLUMBLINE_CHECK(keep_contact(harvest, contact));
  }
  return {};
}

}  // namespace plumbline
