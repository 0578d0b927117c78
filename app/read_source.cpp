#include "app/read_source.h"

#include <fmt/format.h>

#include <iterator>
#include <set>

#include "app/breaker.h"
#include "app/page_batch.h"
#include "app/recheck.h"
#include "base/text.h"
#include "crawler/cursor.h"

namespace plumbline {
namespace {

constexpr int kMostPages =
    2000;  // of one source in one run: a loop that changes its cursor each time ends here

constexpr int kMostRepeats = 3;  // pages one after the other that hold only what this run has seen

std::string breaker_key(const SourceConfig& source) { return "breaker " + identity(source); }

// What a source remembers between runs besides its cursor.
struct WalkNote {
  bool open = false;        // broke off in the middle: the cursor is that of a later page
  Seconds since = kNoTime;  // nothing older was wanted when the cursor was made
  std::string asked;        // hash of the first page's address, which the validators belong to
  Validators validators;

  static WalkNote read(std::string_view printed) {
    const Cursor cursor(printed);
    return {cursor.number_or("open", 0) == 1,
            cursor.number_or("since", kNoTime),
            cursor.text("asked"),
            {cursor.text("etag"), cursor.text("modified")}};
  }

  std::string print() const {
    Cursor cursor;
    cursor.set("open", open ? 1 : 0);
    if (since != kNoTime) cursor.set("since", since);
    cursor.set("asked", asked);
    cursor.set("etag", validators.etag);
    cursor.set("modified", validators.last_modified);
    return cursor.print();
  }
};

// The page itself was refused or made no sense, rather than the source as a whole.
bool is_lost(const Status& status) {
  return !status &&
         (status.error().code == ErrorCode::network ||
          status.error().code == ErrorCode::not_found || status.error().code == ErrorCode::parse);
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
        brands_(workspace),
        key_(cursor_key(config)),
        walk_key_("walk " + identity(config)),
        rate_(config.per_second > 0 ? config.per_second
                                    : std::max(source_.requests_per_second, 0.01)),
        query_(config.query) {
    if (options.since != kNoTime) query_.since = options.since;
    run_.label = config.label;
  }

  SourceRun run() {
    const Breaker breaker =
        parse_breaker(workspace_.store->note(breaker_key(config_)).value_or(""));
    if (breaker.rests(options_.now) && !options_.even_if_resting) {
      run_.status =
          fail(ErrorCode::network,
               fmt::format("left alone after {} failed runs; next try {}, or now: plumbline fetch "
                           "\"{}\"",
                           breaker.failures, format_utc(breaker.next_try), config_.label));
      if (!options_.dry_run) note_coverage({});
      return std::move(run_);
    }
    run_.status = read();
    // A page that could not be had twice may never come: sites forget their cursors.
    if (resumed_ && run_.pages == 0 && breaker.failures > 0 && is_lost(run_.status)) {
      if (Status cleared = begin_anew(); !cleared) run_.status = cleared;
    }
    if (run_.status && !options_.dry_run && source_.recheck != nullptr)
      run_.status =
          recheck(workspace_, config_, http_, {query_, rate_, std::move(seen_)}, run_.put);
    if (!options_.dry_run) note_coverage(after_this(breaker));
    return std::move(run_);
  }

 private:
  Batch after_this(const Breaker& breaker) const {
    const bool failed = !run_.status && run_.status.error().code != ErrorCode::partial;
    const std::string now = print(breaker.after(failed, options_.now));
    Batch batch;
    if (now != print(breaker)) batch.notes.emplace_back(breaker_key(config_), now);
    return batch;
  }

  Status read() {
    PLUMBLINE_CHECK(check_token(config_));
    std::string cursor = PLUMBLINE_TRY(begin());
    std::set<std::string> visited;
    for (int pages = 0; pages < kMostPages; ++pages) {
      if (!visited.insert(cursor).second || repeats_ >= kMostRepeats) return circle();
      if (progress_.cancelled())
        return fail(ErrorCode::partial, "stopped by the user; what was read so far is kept",
                    config_.label);
      cursor = PLUMBLINE_TRY(read_page(cursor));
      first_page_ = false;
      if (options_.dry_run || run_.limited) return {};
      if (no_room() && !cursor.empty()) {
        run_.limited = true;
        return {};
      }
      if (!cursor.empty()) continue;
      if (!resumed_) return {};
      // The rest of a walk that had broken off; what came since then lies before its beginning.
      resumed_ = false;
      first_page_ = true;
      cursor = PLUMBLINE_TRY(workspace_.store->note(key_));
      if (visited.count(cursor) > 0) return {};
    }
    return fail(ErrorCode::partial,
                fmt::format("stopped after {} pages; the next run goes on from there", kMostPages),
                config_.label);
  }

  // A source whose cursors lead back to where they came from. The next run begins anew, else it
  // would go round there for ever.
  Status circle() {
    PLUMBLINE_CHECK(begin_anew());
    return fail(ErrorCode::parse, "the source gave a page twice (its cursor goes in a circle)",
                config_.label);
  }

  Status begin_anew() {
    if (options_.dry_run || !moves_) return {};
    Batch batch;
    batch.notes = {{key_, ""}, {walk_key_, ""}};
    if (const auto put = workspace_.store->put(batch); !put) return tl::unexpected(put.error());
    return {};
  }

  // The cursor to begin with.
  Result<std::string> begin() {
    std::string cursor = PLUMBLINE_TRY(workspace_.store->note(key_));
    const std::string kept = PLUMBLINE_TRY(workspace_.store->note(walk_key_));
    walk_ = WalkNote::read(kept);
    if (options_.since != kNoTime && !kept.empty() && query_.since > walk_.since) {
      // A look at the newest: it passes over older posts, so it must not move the cursor past them.
      moves_ = false;
      if (walk_.open) cursor.clear();
      return cursor;
    }
    if (query_.since < walk_.since) {  // older posts are wanted now, and the cursor has passed them
      walk_ = {};
      cursor.clear();
    }
    walk_.since = query_.since;
    resumed_ = walk_.open;
    first_page_ = !walk_.open;
    return cursor;
  }

  // The cursor of the page after it; empty at the end.
  Result<std::string> read_page(const std::string& cursor) {
    HttpRequest request{PLUMBLINE_TRY(source_.plan(query_, cursor)),
                        {},
                        rate_,
                        source_.told_to_wait,
                        source_.is_gone};
    // Only the first page of a walk can say that there is nothing new. That a later page is as it
    // was says nothing of those behind it, nor where the next walk begins.
    const std::string asked = hex64(hash64(request.request.url));
    if (first_page_ && !options_.dry_run && walk_.asked == asked && request.request.body.empty())
      request.validators = walk_.validators;
    const Result<HttpReply> got = http_.get(request);
    if (!got && source_.past_end) {
      const auto end = source_.past_end(cursor);
      const bool gone = got.error().code == ErrorCode::not_found;
      const bool closed = got.error().code == ErrorCode::denied;
      if (end && end->next.empty() && gone) return close_walk(*end);
      if (end && !end->next.empty() && (gone || closed)) return step_over(*end);
    }
    if (!got) return tl::unexpected(got.error());
    const HttpReply& reply = *got;
    if (reply.status == 304) {
      ++run_.pages;
      run_.unchanged = run_.pages == 1;
      return std::string();
    }
    Page page = PLUMBLINE_TRY(
        source_.parse(reply.body, query_, {cursor, reply.link, reply.url, reply.content_type}));
    ++run_.pages;
    if (!page.gap.empty()) run_.gap = page.gap;
    if (!page.session.empty()) query_.session = page.session;
    http_.pause(reply.url, page.wait_seconds);
    run_.skipped += page.skipped;
    if (run_.skipped_reason.empty()) run_.skipped_reason = page.skipped_reason;
    PageBatch made = batch_of(page, workspace_, config_, brands_);
    bool any_other = made.batch.entries.empty();
    for (const Entry& entry : made.batch.entries)
      any_other |= seen_.insert(native_of(entry.document)).second;
    repeats_ = any_other ? 0 : repeats_ + 1;
    run_.seen += made.seen;
    run_.skipped += made.without_text;
    if (made.without_text > 0 && run_.skipped_reason.empty()) run_.skipped_reason = "without text";
    progress_.at(0, run_.seen);
    if (options_.dry_run) return page.next;
    if (first_page_) {
      walk_.asked = asked;
      walk_.validators = reply.validators;
    }
    PLUMBLINE_CHECK(keep(std::move(made.batch), page));
    return page.next;
  }

  // The cursor and its documents in one transaction: a second run repeats nothing and loses
  // nothing.
  Status keep(Batch batch, const Page& page) {
    if (!PLUMBLINE_TRY(fits(batch))) {
      run_.limited = true;
      return {};
    }
    walk_.open = !page.next.empty();
    const std::string& resume = page.next.empty() ? page.resume : page.next;
    if (moves_) {
      if (!resume.empty()) batch.notes.emplace_back(key_, resume);
      batch.notes.emplace_back(walk_key_, walk_.print());
    }
    add_to(run_.put, PLUMBLINE_TRY(workspace_.store->put(batch)));
    return {};
  }

  // One part of a walk is gone or closed (a video without comments); the rest of it goes on.
  Result<std::string> step_over(const Page& end) {
    if (!options_.dry_run) PLUMBLINE_CHECK(keep({}, end));
    return end.next;
  }

  Result<std::string> close_walk(const Page& end) {
    run_.gap = end.gap;
    if (options_.dry_run || !moves_) return std::string();
    walk_.open = false;
    Batch batch;
    batch.notes = {{key_, end.resume}, {walk_key_, walk_.print()}};
    PLUMBLINE_TRY(workspace_.store->put(batch));
    return std::string();
  }

  std::int64_t room() const { return options_.limit - run_.put.added; }
  bool no_room() const { return options_.limit > 0 && room() <= 0; }

  // Leaves in the batch what --limit has room for, whatever of it is known already. False: not all
  // of the page could be kept, so the next run reads it again.
  Result<bool> fits(Batch& batch) {
    while (options_.limit > 0 && room() < std::ssize(batch.entries)) {
      if (no_room()) return false;
      const auto end = batch.entries.begin() + room();
      Batch some;
      some.update_known = batch.update_known;
      some.entries.assign(std::move_iterator(batch.entries.begin()), std::move_iterator(end));
      batch.entries.erase(batch.entries.begin(), end);
      add_to(run_.put, PLUMBLINE_TRY(workspace_.store->put(some)));
    }
    return true;
  }

  void note_coverage(Batch batch) {
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
    } else if (!run_.gap.empty()) {
      day.reason = run_.gap;
    } else if (run_.skipped > 0) {
      day.reason = fmt::format("{} skipped: {}", run_.skipped, run_.skipped_reason);
    }
    day.catches_up = day.state == CoverageState::complete && run_.gap.empty() && moves_;
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
  const std::string key_, walk_key_;
  const double rate_;
  SourceQuery query_;
  WalkNote walk_;
  bool moves_ = true;           // the cursor; false: documents are kept, but the cursor stays
  bool resumed_ = false;        // this walk goes on where an earlier run broke off
  bool first_page_ = true;      // of a walk
  int repeats_ = 0;             // pages just before that brought nothing this run had not seen
  std::set<std::string> seen_;  // ids that this run's pages brought
  SourceRun run_;
};

}  // namespace

std::string cursor_key(const SourceConfig& source) { return "cursor " + identity(source); }

Status check_token(const SourceConfig& source) {
  const Source* kind = find_source(source.kind);
  const bool wanted = !source.token_from.empty() || (kind != nullptr && kind->needs_token);
  if (!wanted || !source.query.token.empty()) return {};
  return fail(
      ErrorCode::denied,
      fmt::format("the token is missing ({})",
                  source.token_from.empty() ? "add token = { env = \"NAME\" }" : source.token_from),
      source.label);
}

SourceRun read_source(Workspace& workspace, const SourceConfig& source, Http& http,
                      const ReadOptions& options, Progress& progress) {
  return Reading(workspace, source, http, options, progress).run();
}

}  // namespace plumbline
