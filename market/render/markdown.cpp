#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/render.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

using Out = std::back_insert_iterator<std::string>;

// A value that may be shown, or why it may not.
std::string feeling(const Estimate& estimate) {
  switch (weight_of(estimate.authors)) {
    case Weight::quotes_only: return std::string(kTooFew);
    case Weight::grey:
      return fmt::format("{} ({}), few authors", points(estimate.value), points_range(estimate));
    case Weight::full: break;
  }
  return fmt::format("{} ({})", points(estimate.value), points_range(estimate));
}

// A share with its interval, or why it may not be shown.
std::string share_words(const Estimate& share) {
  if (!may_be_said(share.authors)) return std::string(kTooFew);
  return fmt::format("{} ({})", percent(share.value), percent_range(share));
}

void quote_lines(std::string& out, const std::vector<Quote>& quotes, std::string_view indent) {
  for (const Quote& quote : quotes) {
    fmt::format_to(Out(out), "{}> {} — {}", indent, escape_markdown(quote.text),
                   escape_markdown(quote.source));
    if (const std::string link = safe_link(quote.url); !link.empty())
      fmt::format_to(Out(out), " <{}>", link);
    out += "\n\n";
  }
}

void summary(std::string& out, const Report& report) {
  fmt::format_to(Out(out), "# {}: what people say\n\n{}, days of {}.\n\n",
                 escape_markdown(report.brand), days_words(report.from, report.to),
                 escape_markdown(report.zone));
  if (!report.note.empty()) fmt::format_to(Out(out), "**{}**\n\n", escape_markdown(report.note));
  fmt::format_to(Out(out), "- Net sentiment: {}, {} mentions by {} authors\n",
                 feeling(report.net_sentiment), whole(report.net_sentiment.n),
                 whole(report.net_sentiment.authors));
  if (const std::string doubt = doubt_sentence(report.doubt); !doubt.empty())
    fmt::format_to(Out(out), "- {}\n", doubt);
  fmt::format_to(Out(out), "- Mentions: {}, {} without copies, {} authors\n",
                 whole(report.mentions.n), whole(report.mentions.distinct),
                 whole(report.mentions.authors));
  if (!report.share_of_voice.empty()) {
    const Estimate& share = report.share_of_voice.front().share;
    fmt::format_to(Out(out), "- Share of voice: {}\n", share_words(share));
  }
  fmt::format_to(Out(out), "- {}\n", change_sentence(report.change));
  if (const std::string loudest = loudest_sentence(report.loudest); !loudest.empty())
    fmt::format_to(Out(out), "- {}\n", escape_markdown(loudest));
  fmt::format_to(Out(out), "- {}\n\n", coverage_sentence(report));
}

std::string moved(const ChangePart& part, double by) {
  return may_be_said(part.fewest_authors()) ? points(by) : std::string(kTooFew);
}

void change_part(std::string& out, const Report& report) {
  if (!may_be_said(report.change.fewest_authors())) return;
  out += "## What moved it\n\n";
  for (const std::string_view dimension : {"topic", "source"})
    if (const std::string sentence = split_sentence(report.change, dimension); !sentence.empty())
      out += sentence + "\n\n";
  out +=
      "| Part | Felt otherwise | Talked more or less | Mentions before | after |\n"
      "| --- | ---: | ---: | ---: | ---: |\n";
  std::size_t shown = 0;
  for (const bool said : {true, false})
    for (const ChangePart& part : report.change.parts)
      if (may_be_said(part.fewest_authors()) == said && shown++ < 12)
        fmt::format_to(Out(out), "| {}: {} | {} | {} | {} | {} |\n", part.dimension,
                       escape_markdown(part.name), moved(part, part.rate), moved(part, part.mix),
                       whole(part.before.n), whole(part.after.n));
  out += "\n";
}

void brands_part(std::string& out, const Report& report) {
  out +=
      "## Share of voice\n\n| Brand | Mentions | Authors | Share | 95 % | Net sentiment |\n"
      "| --- | ---: | ---: | ---: | --- | --- |\n";
  for (const BrandShare& row : report.share_of_voice)
    fmt::format_to(Out(out), "| {} | {} | {} | {} | {} | {} |\n", escape_markdown(row.brand),
                   whole(row.counts.n), whole(row.counts.authors),
                   may_be_said(row.share.authors) ? percent(row.share.value) : kTooFew,
                   may_be_said(row.share.authors) ? percent_range(row.share) : "",
                   feeling(row.net_sentiment));
  out += "\n";
}

void topics_part(std::string& out, const Report& report) {
  out += "## Topics\n\n";
  for (const TopicRow& row : report.topics) {
    fmt::format_to(Out(out), "### {}\n\n{}, net sentiment {}.\n\n", escape_markdown(row.label),
                   counts_words(row.counts), feeling(row.net_sentiment));
    quote_lines(out, row.quotes, "");
  }
}

void statements_part(std::string& out, const std::vector<StatementRow>& rows,
                     std::string_view heading) {
  StatementKind last = StatementKind::want;
  bool first = true;
  for (const StatementRow& row : rows) {
    if (first || row.kind != last)
      fmt::format_to(Out(out), "{} {}\n\n", heading, title_of(row.kind));
    first = false;
    last = row.kind;
    fmt::format_to(Out(out), "**{}** ({})\n\n",
                   row.topic.empty() ? "other" : escape_markdown(row.topic),
                   counts_words(row.counts));
    quote_lines(out, row.quotes, "");
  }
}

void talk_part(std::string& out, const Report& report) {
  out +=
      "## Value against price\n\n| Brand | Authors who talk price | Authors who talk value |\n"
      "| --- | --- | --- |\n";
  for (std::size_t i = 0; i < std::min(report.price_talk.size(), report.value_talk.size()); ++i) {
    const TalkRow& price = report.price_talk[i];
    const TalkRow& value = report.value_talk[i];
    fmt::format_to(Out(out), "| {} | {} | {} |\n", escape_markdown(price.brand),
                   share_words(price.share), share_words(value.share));
  }
  out += "\n";
}

void comparisons_part(std::string& out, const Report& report) {
  out +=
      "## Beside others\n\n| Brand | Above it | Below it | Of those who compare, for us |\n"
      "| --- | --- | --- | --- |\n";
  for (const ComparisonRow& row : report.comparisons)
    fmt::format_to(
        Out(out), "| {} | {} | {} | {} |\n", escape_markdown(row.rival), counts_words(row.above),
        counts_words(row.below),
        weight_of(row.share.authors) == Weight::quotes_only
            ? "too few to say"
            : fmt::format("{} ({})", percent(row.share.value), percent_range(row.share)));
  out += "\n";
  for (const ComparisonRow& row : report.comparisons) {
    quote_lines(out, row.above_quotes, "");
    quote_lines(out, row.below_quotes, "");
  }
}

void stories_part(std::string& out, const Report& report) {
  out += "## The plumb line\n\n";
  for (const StoryRow& row : report.stories) {
    fmt::format_to(Out(out), "### {}\n\nCarried: {}; of all authors: {}. The opposite: {}.{}\n\n",
                   escape_markdown(row.claim), counts_words(row.presence), share_words(row.reach),
                   counts_words(row.contradictions),
                   row.contradicted ? " **The talk says the opposite more often.**" : "");
    quote_lines(out, row.quotes, "");
    if (!row.contradicting.empty()) out += "The opposite:\n\n";
    quote_lines(out, row.contradicting, "");
  }
}

void clusters_part(std::string& out, const Report& report) {
  out += "## Clusters of consumers\n\n";
  if (!report.clusters_note.empty()) out += escape_markdown(report.clusters_note) + "\n\n";
  for (const ClusterRow& row : report.clusters) {
    fmt::format_to(Out(out), "### {}\n\n{}, share of clustered authors {}, net sentiment {}.\n\n",
                   escape_markdown(row.label), counts_words(row.counts),
                   may_be_said(row.counts.authors) ? percent(row.share) : kTooFew,
                   feeling(row.net_sentiment));
    statements_part(out, row.statements, "####");
    quote_lines(out, row.quotes, "");
  }
}

void sessions_part(std::string& out, const Report& report) {
  if (report.sessions.empty()) return;
  out += "## Focus groups and interviews\n\nBeside the chatter, never averaged into it.\n\n";
  for (const SessionRow& row : report.sessions) {
    fmt::format_to(Out(out), "### {}\n\n{} utterances by {} speakers.\n\n",
                   escape_markdown(row.source), whole(row.counts.n), whole(row.counts.authors));
    statements_part(out, row.statements, "####");
    quote_lines(out, row.quotes, "");
  }
}

void coverage_part(std::string& out, const Report& report) {
  out += "## Coverage\n\n" + coverage_sentence(report) + "\n\n";
  for (const CoverageDay& day : report.coverage)
    if (day.state != CoverageState::complete || day.skipped > 0)
      fmt::format_to(Out(out), "- {} {}: {}\n", escape_markdown(day.source), format_day(day.day),
                     escape_markdown(day.reason));
}

}  // namespace

std::string report_markdown(const Report& report) {
  std::string out;
  summary(out, report);
  change_part(out, report);
  brands_part(out, report);
  topics_part(out, report);
  if (!report.statements.empty()) out += "## Wants, needs, pains and fears\n\n";
  statements_part(out, report.statements, "###");
  talk_part(out, report);
  if (!report.stories.empty()) stories_part(out, report);
  if (!report.comparisons.empty()) comparisons_part(out, report);
  clusters_part(out, report);
  sessions_part(out, report);
  coverage_part(out, report);
  return out;
}

}  // namespace plumbline
