// Which of the words of a mail are its writer's own.
#include <array>

#include "base/text.h"
#include "crawler/mail.h"

namespace plumbline {
namespace {

bool is_quoted(std::string_view line) {
  line = trim(line);
  return !line.empty() && line[0] == '>';
}

// "On Tue, 3 Mar 2026, Bo Kim wrote:" and its like, above a quote.
bool introduces_quote(const std::string& line) {
  static constexpr std::array<std::array<std::string_view, 2>, 11> kShapes = {{
      {"on ", "wrote:"},
      {"am ", "schrieb"},
      {"le ", "crit"},
      {"el ", "escribi"},
      {"il ", "scritto:"},
      {"em ", "escreveu:"},
      {"op ", "schreef"},
      {"den ", "skrev"},
      {"w dniu", "pisze:"},
      {"dnia ", "napisa"},
      {"на ", "написа"},
  }};
  const std::string lower = ascii_lower(trim(line));
  if (lower.empty() || (lower.back() != ':' && !contains(lower, "：")) || lower.size() > 400)
    return false;
  for (const auto& [begin, end] : kShapes)
    if (lower.rfind(begin, 0) == 0 && contains(lower, end)) return true;
  return false;
}

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

bool is_device_line(std::string_view line) {
  const std::string lower = ascii_lower(trim(line));
  for (const std::string_view sign :
       {"sent from my ", "get outlook for ", "von meinem ", "envoy\xC3\xA9 de mon ",
        "enviado desde mi ", "inviato da ", "sent from outlook", "sent from mail for "})
    if (lower.rfind(sign, 0) == 0 && lower.size() < 80) return true;
  return false;
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
  if (above_quote && last > 0 && ends_in(trim(kept[last - 1]), "wrote:")) kept.resize(last - 1);
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
    if (is_quoted(line)) {
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
