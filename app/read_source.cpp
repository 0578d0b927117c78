#include "app/read_source.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "crawler/curl_http.h"

namespace plumbline {
namespace {

constexpr int kMostPages =
    2000;  // of one source in one run: a loop that changes its cursor each time ends here

// What identifies a source of the configuration: not its label, which the user may reword.
std::string identity(const SourceConfig& source) {
  return source.kind + " " + hex64(hash64(source.query.url + "\n" + source.query.words));
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  return ascii_lower(rest);
}

// What one page brings, on its way into the store.
struct PageBatch {
  Batch batch;
  std::int64_t seen = 0;
  std::int64_t without_text = 0;
};

PageBatch batch_of(Page& page, const Workspace& workspace, const SourceConfig& source,
                   const BrandFinder& brands) {
  PageBatch out;
  IntakeOptions options;
  options.brand = source.query.brand;
  out.batch.update_known = true;
  out.seen = static_cast<std::int64_t>(page.documents.size());
  for (Document& document : page.documents) {
    if (document.source.empty()) document.source = source.kind;
    Entry entry = make_entry(std::move(document), workspace, brands, options);
    if (entry.document.text.empty()) {
      ++out.without_text;
    } else {
      out.batch.entries.push_back(std::move(entry));
    }
  }
  for (std::string& id : page.deleted) out.batch.deleted.emplace_back(source.kind, std::move(id));
  return out;
}

class Reading {
 public:
  Reading(Workspace& workspace, const SourceConfig& config, Http& http, const ReadOptions& options,
          Progress& progress)
      : workspace_(workspace),
        config_(config),
        source_(*find_source(config.kind)),
        http_(http),
        options_(options),
        progress_(progress),
        brands_(workspace.config),
        key_(cursor_key(config)),
        query_(config.query) {
    if (options.since != kNoTime) query_.since = options.since;
    run_.label = config.label;
  }

  SourceRun run() {
    run_.status = read();
    if (!options_.dry_run) note_coverage();
    return std::move(run_);
  }

 private:
  Status read() {
    std::string cursor = PLUMBLINE_TRY(workspace_.store->note(key_));
    std::set<std::string> visited;
    for (int pages = 0; pages < kMostPages; ++pages) {
      if (!visited.insert(cursor).second)
        return fail(ErrorCode::parse, "the source gave a page twice (its cursor goes in a circle)",
                    config_.label);
      if (progress_.cancelled())
        return fail(ErrorCode::partial, "stopped by the user; what was read so far is kept",
                    config_.label);
      const std::string next = PLUMBLINE_TRY(read_page(cursor));
      if (next.empty() || options_.dry_run) return {};
      if (options_.limit > 0 && run_.seen >= options_.limit) {
        run_.limited = true;
        return {};
      }
      cursor = next;
    }
    return fail(ErrorCode::partial,
                fmt::format("stopped after {} pages; the next run goes on from there", kMostPages),
                config_.label);
  }

  // The cursor of the page after it; empty at the end.
  Result<std::string> read_page(const std::string& cursor) {
    HttpRequest request{
        PLUMBLINE_TRY(source_.plan(query_, cursor)), {}, source_.requests_per_second};
    const std::string validator_key = "http " + hex64(hash64(request.request.url));
    if (!options_.dry_run) request.validators = PLUMBLINE_TRY(validators(validator_key));
    const HttpReply reply = PLUMBLINE_TRY(http_.get(request));
    ++run_.pages;
    if (reply.status == 304) {
      run_.unchanged = run_.pages == 1;
      return std::string();
    }
    Page page = PLUMBLINE_TRY(
        source_.parse(reply.body, query_, {cursor, reply.link, reply.url, reply.content_type}));
    run_.skipped += page.skipped;
    if (run_.skipped_reason.empty()) run_.skipped_reason = page.skipped_reason;
    PageBatch made = batch_of(page, workspace_, config_, brands_);
    run_.seen += made.seen;
    run_.skipped += made.without_text;
    if (made.without_text > 0 && run_.skipped_reason.empty()) run_.skipped_reason = "without text";
    progress_.at(0, run_.seen);
    if (options_.dry_run) return page.next;
    // The cursor and its documents in one transaction: a second run repeats nothing and loses
    // nothing.
    const std::string& resume = page.next.empty() ? page.resume : page.next;
    if (!resume.empty()) made.batch.notes.emplace_back(key_, resume);
    remember(made.batch, validator_key, reply.validators);
    add_to(run_.put, PLUMBLINE_TRY(workspace_.store->put(made.batch)));
    return page.next;
  }

  Result<Validators> validators(const std::string& key) const {
    const std::string kept = PLUMBLINE_TRY(workspace_.store->note(key));
    const auto line = kept.find('\n');
    if (line == std::string::npos) return Validators{};
    return Validators{kept.substr(0, line), kept.substr(line + 1)};
  }

  static void remember(Batch& batch, const std::string& key, const Validators& validators) {
    if (validators.etag.empty() && validators.last_modified.empty()) return;
    batch.notes.emplace_back(key, validators.etag + "\n" + validators.last_modified);
  }

  void note_coverage() {
    CoverageDay day;
    day.source = config_.label;
    day.day = workspace_.config.zone.day_of(options_.now);
    day.documents = run_.seen;
    day.skipped = run_.skipped;
    if (!run_.status) {
      day.state = run_.pages > 0 ? CoverageState::partial : CoverageState::missing;
      day.reason = run_.status.error().message;
    } else if (run_.limited) {
      day.state = CoverageState::partial;
      day.reason = "stopped at the limit asked for";
    } else if (run_.skipped > 0) {
      day.reason = fmt::format("{} skipped: {}", run_.skipped, run_.skipped_reason);
    }
    Batch batch;
    batch.coverage.push_back(day);
    const auto put = workspace_.store->put(batch);
    if (!put && run_.status) run_.status = tl::unexpected(put.error());
  }

  Workspace& workspace_;
  const SourceConfig& config_;
  const Source& source_;
  Http& http_;
  const ReadOptions options_;
  Progress& progress_;
  const BrandFinder brands_;
  const std::string key_;
  SourceQuery query_;
  SourceRun run_;
};

}  // namespace

std::string cursor_key(const SourceConfig& source) { return "cursor " + identity(source); }

SourceRun read_source(Workspace& workspace, const SourceConfig& source, Http& http,
                      const ReadOptions& options, Progress& progress) {
  const Source* kind = find_source(source.kind);
  if (kind && kind->needs_token && source.query.token.empty()) {
    SourceRun run;
    run.label = source.label;
    run.status = fail(ErrorCode::denied,
                      fmt::format("the token is missing ({})",
                                  source.token_from.empty() ? "add token = { env = \"NAME\" }"
                                                            : source.token_from),
                      source.label);
    return run;
  }
  return Reading(workspace, source, http, options, progress).run();
}

std::unique_ptr<Http> open_http(const Config& config, Progress& progress) {
  HttpOptions options;
  options.user_agent =
      fmt::format("Plumbline/0.1{}",
                  config.contact.empty() ? "" : " (" + escape_terminal(config.contact) + ")");
  for (const SourceConfig& source : config.sources)
    if (const std::string host = host_of(source.query.url); !host.empty())
      options.private_hosts.push_back(host);
  options.log = [&progress](const std::string& line) { progress.say(line); };
  options.cancelled = [&progress] { return progress.cancelled(); };
  return make_curl_http(std::move(options));
}

}  // namespace plumbline
