// Which of the words of a mail are its writer's own.
#include "base/quoted_lines.h"
#include "base/text.h"
#include "crawler/mail.h"

namespace plumbline {
namespace {

// What stands above a mail that is quoted or forwarded whole.
bool begins_old_mail(const std::vector<std::string_view>& lines, std::size_t at) {
  const std::string lower = ascii_lower(trim(lines[at]));
  if (lower.size() > 3 && lower.substr(0, 3) == "---")
    for (const std::string_view sign : {"original message", "forwarded message", "forwarded mail",
                                        "nachricht", "message d'origine", "message transf",
                                        "mensaje original", "mensaje reenviado", "messaggio"})
      if (contains(lower, sign)) return true;
  if (lower == "begin forwarded message:") return true;
  const auto heads = [&lower](std::string_view name) { return lower.rfind(name, 0) == 0; };
  if (!heads("from:") && !heads("von:") && !heads("de:") && !heads("*from:*") && !heads("da:"))
    return false;
  int more = 0;  // "From:" alone is a word like any other
  for (std::size_t i = at + 1; i < lines.size() && i < at + 5; ++i) {
    const std::string next = ascii_lower(trim(lines[i]));
    for (const std::string_view name :
         {"sent:", "date:", "to:", "subject:", "gesendet:", "an:", "betreff:", "envoy",
          "objet:", "enviado", "para:", "asunto:", "*sent:*", "*to:*", "*subject:*", "inviato:"})
      if (next.rfind(name, 0) == 0) ++more;
  }
  return more >= 2;
}

// Takes the introduction of a quote back, which may have been broken over up to three lines.
void drop_introduction(std::vector<std::string>& kept, bool above_quote) {
  std::size_t last = kept.size();
  while (last > 0 && trim(kept[last - 1]).empty()) --last;
  std::string joined;
  for (std::size_t lines = 1; lines <= 3 && lines <= last; ++lines) {
    joined = std::string(trim(kept[last - lines])) + (joined.empty() ? "" : " ") + joined;
    if (!introduces_quote(joined)) continue;
    kept.resize(last - lines);
    return;
  }
  if (above_quote && last > 0 && names_a_writer(kept[last - 1])) kept.resize(last - 1);
}

}  // namespace

std::string own_words(std::string_view mail_text) {
  const std::vector<std::string_view> lines = split(mail_text, '\n');
  std::vector<std::string> kept;
  bool in_quote = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line == "-- " || line == "--" || line == "\xE2\x80\x94") break;  // the signature
    if (begins_old_mail(lines, i)) break;
    if (is_quoted_line(line)) {
      if (!in_quote) drop_introduction(kept, true);
      in_quote = true;
      continue;
    }
    in_quote = in_quote && trim(line).empty();
    if (!is_device_line(line)) kept.emplace_back(line);
  }
  // The quote may have stood in what the caller cut away.
  drop_introduction(kept, false);
  std::string out;
  for (const std::string& line : kept) out += line + "\n";
  return std::string(trim(out));
}

}  // namespace plumbline
