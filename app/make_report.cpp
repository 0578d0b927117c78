#include "app/make_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "app/claim_hits.h"
#include "app/compare_brands.h"
#include "app/files.h"
#include "app/pdf.h"
#include "base/text.h"
#include "market/render/render.h"
#include "market/report.h"

namespace plumbline {
namespace {

constexpr Day kFirstCovered = std::numeric_limits<Day>::min() / 4,
              kLastCovered = std::numeric_limits<Day>::max() / 4;
constexpr std::size_t kQuoteLength = 240;

Quote quote_of(const StoredDocument& stored, Span span) {
  const Document& document = stored.document;
  Quote quote;
  const bool whole = span.end <= span.begin || span.end > document.text.size();
  quote.text =
      shorten(whole ? std::string_view(document.text)
                    : std::string_view(document.text).substr(span.begin, span.end - span.begin),
              kQuoteLength);
  quote.source = document.source;
  quote.id = document.id;
  quote.url = document.url;
  quote.author = document.author.handle.empty() ? document.author.name : document.author.handle;
  quote.published_at = document.published_at;
  quote.label = stored.analysis.sentiment.label;
  return quote;
}

// Says so where not one analyzer judged all.
std::string judges_note(const MentionTable& table, const std::string& version) {
  std::int64_t other = 0, all = 0;
  for (const auto& [name, n] : table.versions) {
    if (name.empty()) continue;
    all += n;
    if (name != version) other += n;
  }
  if (other == 0) return {};
  return fmt::format(
      "{} of {} mentions were judged by another model or version than the one in use now, so "
      "figures of different days may differ for that alone: plumbline nightly judges them anew",
      other, all);
}

void add_note(std::string& note, const std::string& more) {
  if (!more.empty()) note += (note.empty() ? "" : "; ") + more;
}

}  // namespace

Result<Report> make_report(const Workspace& workspace, const ReportWish& wish) {
  const Period period = PLUMBLINE_TRY(period_of(workspace, wish));
  MentionTable table = PLUMBLINE_TRY(workspace.store->table(period.from, period.to, ""));
  const Grouping grouping = PLUMBLINE_TRY(workspace.store->grouping());
  ReportInput input;
  input.brand = wish.brand.empty() ? workspace.config.brand.name : wish.brand;
  for (const std::string& name : workspace.brands())
    if (name != input.brand) input.competitors.push_back(name);
  input.from = period.from;
  input.to = period.to;
  input.zone = workspace.config.zone.name();
  input.made_at = wish.now;
  input.note = workspace.config.note;
  add_note(input.note, period.note);
  add_note(input.note, judges_note(table, workspace.analyzer->version()));
  input.analyzer = workspace.analyzer->version();
  if (table.topics.empty()) table.topics = grouping.topics;
  input.table = &table;
  input.claims = workspace.config.claims;
  input.claim_hits = PLUMBLINE_TRY(claim_hits(workspace, table, input.brand));
  input.comparison_hits = PLUMBLINE_TRY(comparison_hits(workspace, table, input.brand));
  input.coverage = PLUMBLINE_TRY(workspace.store->coverage(kFirstCovered, kLastCovered));
  input.clusters_note = grouping.clusters_note;
  input.cluster_stability = grouping.cluster_stability;
  std::optional<Error> trouble;
  input.quotes = [&](const std::vector<QuoteWish>& wishes) {
    std::vector<std::int64_t> rows;
    for (const QuoteWish& one : wishes) rows.push_back(one.id);
    std::vector<Quote> quotes(wishes.size());
    const auto found = workspace.store->documents(rows);
    if (!found) trouble = found.error();
    for (std::size_t i = 0; found && i < wishes.size() && i < found->size(); ++i)
      quotes[i] = quote_of((*found)[i], wishes[i].span);
    return quotes;
  };
  Report report = build_report(input);
  if (trouble) return tl::unexpected(*trouble);
  return report;
}

Result<std::string> render_report(const Report& report, std::string_view form) {
  if (form == "html") return report_html(report);
  if (form == "json") return report_json(report);
  if (form == "csv") return report_csv(report);
  if (form == "md" || form == "markdown") return report_markdown(report);
  return fail(ErrorCode::invalid,
              fmt::format("a report is made as .html, .json, .csv, .md or .pdf, not '.{}'", form));
}

Status save_report(const Report& report, const std::string& path) {
  std::string ending = ascii_lower(std::filesystem::path(path).extension().string());
  if (!ending.empty()) ending.erase(0, 1);
  if (ending == "pdf") return save_pdf(report_html(report), path);
  return write_file(path, PLUMBLINE_TRY(render_report(report, ending)));
}

}  // namespace plumbline
