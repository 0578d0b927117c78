#include <fmt/format.h>

#include "base/text.h"
#include "sales/render/layout.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

std::string plain(std::string_view text) { return escape_markdown(fold_space(clean_utf8(text))); }

std::string refs(const Statement& statement) {
  std::string out;
  for (const std::string& id : statement.evidence()) out += fmt::format("\\[{}\\]", id);
  return out;
}

void add_section(const Brief& brief, Section section, const SortedGaps& gaps, std::string& out) {
  const auto statements = statements_of(brief, section);
  const bool money = section == Section::money && !gaps.money.empty();
  const bool withheld = section == Section::do_not_say && !gaps.withheld.empty();
  if (statements.empty() && !money && !withheld) return;
  out += fmt::format("\n## {}\n\n", title_of(section));
  const Statement* before = nullptr;
  for (const Statement* statement : statements) {
    const bool against =
        before != nullptr && !statement->opposes.empty() && statement->opposes == before->id;
    out += fmt::format("- {}{}{} {}\n", against ? "against that: " : "",
                       plain(label_of(*statement)) + (label_of(*statement).empty() ? "" : " "),
                       plain(statement->text()), refs(*statement));
    if (!statement->answer.empty())
      out += fmt::format("  - answer: {}\n", plain(statement->answer));
    before = statement;
  }
  if (money) out += "- " + plain(gaps.money) + "\n";
  if (withheld) out += "- " + plain(gaps.withheld) + "\n";
}

void add_temperature(const Brief& brief, std::string& out) {
  out += "\n## Temperature\n\n- " + plain(warmth_line(brief)) + "\n";
  for (const Temperature::Reason& reason : brief.temperature.reasons)
    out += fmt::format("- {} (+{:.0f}) \\[{}\\]\n", plain(reason.text), reason.points,
                       reason.evidence);
  if (const std::string cooling = cooling_line(brief); !cooling.empty())
    out += "- " + plain(cooling) + "\n";
}

// An address between angle brackets can hold anything but these.
std::string link_target(const std::string& link) {
  std::string out;
  for (const char c : link) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<' || c == '>' || c == '\\' || byte <= ' ' || byte == 0x7F)
      out += fmt::format("%{:02X}", byte);
    else
      out += c;
  }
  return out;
}

void add_evidence(const Brief& brief, std::string& out) {
  if (brief.evidence.empty()) return;
  out += "\n## Evidence\n\n";
  for (const Evidence& evidence : brief.evidence) {
    out +=
        fmt::format("- {}: {} @{}, {}, bytes {} to {} of {}", evidence.id, plain(evidence.source),
                    plain(shorten(evidence.handle, 40)), day_in_zone(brief, evidence.published_at),
                    evidence.begin, evidence.end, evidence.text_hash);
    if (const std::string link = evidence_link(evidence); !link.empty())
      out += fmt::format(", [original](<{}>)", link_target(link));
    out += "\n";
  }
}

}  // namespace

std::string brief_markdown(const Brief& brief) {
  std::string out = "# " + plain(person_name(brief)) + "\n\n";
  if (const std::string office = person_office(brief); !office.empty())
    out += plain(office) + "  \n";
  if (!brief.note.empty()) out += plain("Note: " + brief.note) + "  \n";
  out += plain(accounts_line(brief)) + "  \n" + plain(extent_line(brief)) + "\n";
  const SortedGaps gaps = sort_gaps(brief);
  for (const Section section : kPageSections) {
    add_section(brief, section, gaps, out);
    if (section == Section::why_now) add_temperature(brief, out);
  }
  if (!gaps.others.empty() || !brief.doubts.empty()) out += "\n## Gaps and doubts\n\n";
  for (const auto* list : {&gaps.others, &brief.doubts})
    for (const std::string& line : *list) out += "- " + plain(line) + "\n";
  add_evidence(brief, out);
  return out;
}

}  // namespace plumbline
