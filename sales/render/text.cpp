#include <fmt/format.h>

#include "base/text.h"
#include "sales/page.h"
#include "sales/render/layout.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

constexpr std::size_t kColumns = 80;

// Lines of at most kColumns, broken at blanks, later ones set in by `hang`.
class Lines {
 public:
  void add(std::string_view text, std::size_t hang) {
    const std::string clean = fold_space(escape_terminal(text));
    const std::string margin(hang, ' ');
    std::string line(text.substr(0, text.find_first_not_of(' ')));
    std::size_t used = line.size();
    bool empty = true;
    const auto next_line = [&] {
      list_.push_back(std::move(line));
      line = margin;
      used = hang;
      empty = true;
    };
    for (std::string_view word : split(clean, ' ')) {
      std::size_t width = display_width(word);
      if (!empty && used + 1 + width > kColumns) next_line();
      if (!empty) line += ' ';
      used += empty ? 0 : 1;
      while (used + width > kColumns) {
        const std::size_t fits = prefix(word, kColumns - used);
        if (fits == 0) break;
        line += word.substr(0, fits);
        next_line();
        word.remove_prefix(fits);
        width = display_width(word);
      }
      line += word;
      used += width;
      empty = false;
    }
    if (!empty) list_.push_back(std::move(line));
  }

  std::vector<std::string> take() { return std::move(list_); }

 private:
  // The most bytes of `word`, whole characters, that take at most `columns`.
  static std::size_t prefix(std::string_view word, std::size_t columns) {
    std::size_t fits = 0;
    for (std::size_t end = 1; end <= word.size(); ++end) {
      if (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) continue;
      if (display_width(word.substr(0, end)) > columns) break;
      fits = end;
    }
    return fits;
  }

  std::vector<std::string> list_;
};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

void add_header(const Brief& brief, Lines& lines) {
  const std::string office = person_office(brief);
  lines.add(fmt::format("{}{}{} - {}", person_name(brief), office.empty() ? "" : ", ", office,
                        upper(name_of(brief.temperature.band))),
            2);
  lines.add(accounts_line(brief) + "; " + extent_line(brief), 2);
  if (!brief.note.empty()) lines.add("Note: " + shorten(brief.note, 140), 2);
}

void add_temperature(const Brief& brief, Lines& lines) {
  const std::string cooling = cooling_line(brief);
  lines.add("TEMPERATURE: " + warmth_line(brief) + (cooling.empty() ? "" : "; " + cooling), 2);
  std::string reasons;
  for (const Temperature::Reason& reason : brief.temperature.reasons)
    reasons += fmt::format("{}{} +{:.0f} [{}]", reasons.empty() ? "  " : "; ", reason.text,
                           reason.points, reason.evidence);
  if (reasons.empty()) reasons = "  no dated signal on file";
  lines.add(reasons, 2);
}

// One line instead of a title and a line.
bool stands_inline(Section section) {
  return section == Section::why_now || section == Section::context;
}

void add_section(const Brief& brief, Section section, const SortedGaps& gaps, Lines& lines) {
  const auto statements = statements_of(brief, section);
  const bool money = section == Section::money && !gaps.money.empty();
  const bool withheld = section == Section::do_not_say && !gaps.withheld.empty();
  if (statements.empty() && !money && !withheld) return;
  const bool inlined = stands_inline(section);
  if (!inlined) lines.add(upper(title_of(section)), 0);
  const Statement* before = nullptr;
  for (const Statement* statement : statements) {
    const bool against =
        before != nullptr && !statement->opposes.empty() && statement->opposes == before->id;
    const std::string lead = inlined ? upper(title_of(section)) + ": " : against ? "  <-> " : "  ";
    lines.add(lead + label_of(*statement) + statement->text() + " " + refs_of(*statement), 4);
    if (!statement->answer.empty()) lines.add("    -> " + statement->answer, 7);
    before = statement;
  }
  if (money) lines.add("  " + gaps.money, 4);
  if (withheld) lines.add("  " + gaps.withheld, 4);
}

void add_gaps(const Brief& brief, const SortedGaps& gaps, Lines& lines) {
  if (gaps.others.empty() && brief.doubts.empty()) return;
  std::string all;
  for (const auto* list : {&gaps.others, &brief.doubts})
    for (const std::string& line : *list) all += (all.empty() ? "GAPS AND DOUBTS: " : "; ") + line;
  lines.add(all, 2);
}

void add_evidence(const Brief& brief, Lines& lines) {
  if (brief.evidence.empty()) return;
  lines.add("EVIDENCE", 0);
  for (const Evidence& evidence : brief.evidence) {
    const std::string line =
        fmt::format("  {} {} @{} {} [{},{})", evidence.id, shorten(clean_utf8(evidence.source), 20),
                    shorten(clean_utf8(evidence.handle), 24),
                    day_in_zone(brief, evidence.published_at), evidence.begin, evidence.end);
    const std::string link = escape_terminal(safe_link(evidence.url));
    const std::size_t left = kColumns - std::min(kColumns, display_width(line) + 1);
    if (link.empty() || display_width(link) <= left) {
      lines.add(link.empty() ? line : line + " " + link, 5);
    } else {
      lines.add(line, 5);
      lines.add("     " + shorten(link, 74), 5);
    }
  }
}

}  // namespace

std::vector<std::string> text_lines(const Brief& brief) {
  Lines lines;
  const SortedGaps gaps = sort_gaps(brief);
  add_header(brief, lines);
  for (const Section section : kPageSections) {
    add_section(brief, section, gaps, lines);
    if (section == Section::why_now) add_temperature(brief, lines);
  }
  add_gaps(brief, gaps, lines);
  add_evidence(brief, lines);
  return lines.take();
}

std::string brief_text(const Brief& brief) {
  std::vector<std::string> lines = text_lines(brief);
  if (lines.size() > kMostPageLines) {
    lines.resize(kMostPageLines - 1);
    lines.push_back("... the page is full; the JSON form holds all of it");
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace plumbline
