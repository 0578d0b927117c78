#include "app/audit.h"

#include <nlohmann/json.hpp>

#include "app/files.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kSideNames = {"negative", "neutral", "positive"};
constexpr std::size_t kMostTold = 20;  // broken rows

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<int> next(const Arguments& arguments) {
  const auto limit = PLUMBLINE_TRY(arguments.number("--next", 50, 1, 100000));
  const auto seed = PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX));
  AuditBook book = PLUMBLINE_TRY(open_audit(arguments.get("--workspace"), true));
  const auto documents = PLUMBLINE_TRY(book.next(static_cast<int>(limit), arguments.get("--brand"),
                                                 static_cast<std::uint64_t>(seed)));
  if (documents.empty())
    return fail(ErrorCode::not_found,
                "nothing is left to label: every judged mention has its label, or none is judged "
                "yet (plumbline nightly judges them)");
  if (!arguments.has("--json")) {
    print(labelling_csv(documents));
    say(
        fmt_line("{} texts to label: write negative, neutral or positive into the last column, "
                 "then: plumbline audit --import FILE",
                 documents.size()));
    return 0;
  }
  Json list = Json::array();
  for (const StoredDocument& stored : documents) {
    const Document& d = stored.document;
    Json one = {{"id", audit_id(d)}, {"source", d.source}, {"brand", d.brand}};
    if (d.published_at != kNoTime) one["published_at"] = format_utc(d.published_at);
    if (!d.url.empty()) one["url"] = d.url;
    if (!d.title.empty()) one["title"] = d.title;
    one["text"] = d.text;
    list.push_back(std::move(one));
  }
  print(dumped({{"mentions", list}}));
  return 0;
}

Result<int> import_file(const Arguments& arguments) {
  const std::string file = arguments.get("--import");
  const auto bytes = PLUMBLINE_TRY(open_bytes(file));
  AuditBook book = PLUMBLINE_TRY(open_audit(arguments.get("--workspace"), true));
  const LabelImport outcome = PLUMBLINE_TRY(import_labels(book, *bytes, file, now()));
  for (std::size_t i = 0; i < std::min(outcome.broken.size(), kMostTold); ++i)
    say(escape_terminal(
        fmt_line("{}:{}: {}", file, outcome.broken[i].line, outcome.broken[i].why)));
  if (outcome.broken.size() > kMostTold)
    say(fmt_line("and {} rows more that could not be read", outcome.broken.size() - kMostTold));
  if (arguments.has("--json")) {
    Json broken = Json::array();
    for (const auto& row : outcome.broken) broken.push_back({{"line", row.line}, {"why", row.why}});
    print(dumped({{"kept", outcome.kept},
                  {"again", outcome.again},
                  {"changed", outcome.changed},
                  {"empty", outcome.empty},
                  {"broken", broken}}));
  } else {
    print(fmt_line("{} labels kept, {} rows without a label yet, {} broken rows\n",
                   outcome.kept + outcome.again + outcome.changed, outcome.empty,
                   outcome.broken.size()));
    if (outcome.changed > 0)
      print(fmt_line("{} texts had another label before: the newer one counts\n", outcome.changed));
    if (outcome.again > 0) print(fmt_line("{} had the same label already\n", outcome.again));
  }
  return outcome.broken.empty() ? 0 : 3;
}

Json estimate_json(const Estimate& e) {
  return {{"value", e.value}, {"lo", e.lo}, {"hi", e.hi}, {"n", e.n}, {"method", e.method}};
}

Json figures_json(const AuditFigures& f) {
  Json confusion = Json::object(), shares = Json::array();
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t d = 0; d < 3; ++d) confusion[kSideNames[c]][kSideNames[d]] = f.confusion[c][d];
    Json share = {{"label", kSideNames[c]}, {"counted", f.counted[c]}};
    share.update(estimate_json(f.corrected[c]));
    shares.push_back(std::move(share));
  }
  Json net = {{"counted", f.net_counted}};
  net.update(estimate_json(f.net_corrected));
  return {{"brand", f.brand.empty() ? Json(nullptr) : Json(f.brand)},
          {"labelled", f.labelled},
          {"texts", f.texts},
          {"mentions", f.mentions},
          {"accuracy", estimate_json(f.accuracy)},
          {"macro_recall", estimate_json(f.macro_recall)},
          {"confusion", confusion},
          {"shares", shares},
          {"net_sentiment", net},
          {"trust", f.trust}};
}

std::string range_of(const Estimate& e) { return fmt_line("{:.3f} to {:.3f}", e.lo, e.hi); }

std::string figures_text(const AuditFigures& f) {
  std::string out = fmt_line("{}: {} labels; {} texts, {} mentions\n",
                             f.brand.empty() ? "all brands" : escape_terminal(f.brand), f.labelled,
                             f.texts, f.mentions);
  out += fmt_line("the machine agrees in {:.3f} of the texts ({}), macro-recall {:.3f} ({})\n\n",
                  f.accuracy.value, range_of(f.accuracy), f.macro_recall.value,
                  range_of(f.macro_recall));
  std::vector<std::vector<std::string>> rows = {
      {"people say", "machine: negative", "neutral", "positive"}};
  for (std::size_t c = 0; c < 3; ++c)
    rows.push_back({kSideNames[c], std::to_string(f.confusion[c][0]),
                    std::to_string(f.confusion[c][1]), std::to_string(f.confusion[c][2])});
  out += table(rows, 1, 4) + "\n";
  rows = {{"share of mentions", "as counted", "corrected", "95 % interval"}};
  for (std::size_t c = 0; c < 3; ++c)
    rows.push_back({kSideNames[c], fmt_line("{:.3f}", f.counted[c]),
                    fmt_line("{:.3f}", f.corrected[c].value), range_of(f.corrected[c])});
  rows.push_back({"positive less negative", fmt_line("{:+.3f}", f.net_counted),
                  fmt_line("{:+.3f}", f.net_corrected.value),
                  fmt_line("{:+.3f} to {:+.3f}", f.net_corrected.lo, f.net_corrected.hi)});
  return out + table(rows, 1, 4);
}

Result<int> show(const Arguments& arguments) {
  const AuditBook book = PLUMBLINE_TRY(open_audit(arguments.get("--workspace"), false));
  const AuditShown shown =
      PLUMBLINE_TRY(show_audit(arguments.get("--workspace"), book, arguments.get("--brand")));
  const AuditOutcome& outcome = shown.outcome;
  const std::int64_t waiting = PLUMBLINE_TRY(book.waiting());
  if (arguments.has("--json")) {
    Json figures = Json::array();
    for (const AuditFigures& f : outcome.figures) figures.push_back(figures_json(f));
    print(dumped({{"figures", figures},
                  {"left_out", outcome.left_out},
                  {"waiting", waiting},
                  {"held_out", shown.held_out},
                  {"learned_from", shown.left_out}}));
    return 0;
  }
  std::string out;
  for (const AuditFigures& f : outcome.figures) out += (out.empty() ? "" : "\n") + figures_text(f);
  print(out);
  if (shown.held_out > 0)
    say(
        fmt_line("the own model learned from {} of these labels: what counts of their texts is "
                 "what it said while each was held out",
                 shown.held_out));
  if (shown.left_out > 0)
    say(
        fmt_line("{} labels are left out: their texts were judged by an own model that may have "
                 "learned from them; plumbline nightly judges them by the one that is in use now",
                 shown.left_out));
  for (const std::string& brand : outcome.left_out)
    say(escape_terminal(
        fmt_line("{}: fewer than {} texts drawn at random have a label, so nothing "
                 "is corrected; plumbline audit --next 200 draws some",
                 brand.empty() ? "mentions without a brand" : brand, kLeastLabels)));
  if (waiting > 0) say(fmt_line("{} drawn texts wait for their label", waiting));
  return 0;
}

Result<int> run_audit(const Arguments& arguments) {
  const int wishes = (arguments.has("--next") ? 1 : 0) + (arguments.has("--import") ? 1 : 0) +
                     (arguments.has("--show") ? 1 : 0);
  if (wishes != 1) return fail(ErrorCode::invalid, "say one of: --next N, --import FILE, --show");
  if (arguments.has("--next")) return next(arguments);
  return arguments.has("--import") ? import_file(arguments) : show(arguments);
}

}  // namespace

extern const Command audit_command;
const Command audit_command = {
    "audit",
    "--next N | --import FILE | --show [--brand NAME] [--seed N] [--json]",
    "texts drawn at random for you to label; what the labels make of the totals",
    "--next prints a table to fill in: id, text, label. The same texts come again until their "
    "labels are imported; none comes twice after\n"
    "that. --import takes the table back, or JSON lines with id and label. --show tells how often "
    "the machine agrees, and the totals\n"
    "corrected by the labels, with intervals. 200 labels for a brand are a good number. `plumbline "
    "train own` learns from the same labels.",
    "  plumbline audit --next 200 > to-label.csv\n  plumbline audit --import to-label.csv\n"
    "  plumbline audit --show\n",
    {{"--next", "N", "print so many texts that have no label yet"},
     {"--import", "FILE", "read labels from CSV or JSON lines; - reads standard input"},
     {"--show", "", "agreement and corrected totals"},
     {"--brand", "NAME", "of this brand alone"},
     {"--seed", "N", "of the drawing, default 7"},
     {"--json", "", "as JSON"}},
    0,
    0,
    run_audit};

}  // namespace plumbline
