// The nightly walk and the import against a store of their own; the network is a script.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "app/brief.h"
#include "app/demo.h"
#include "app/export.h"
#include "app/files.h"
#include "app/group.h"
#include "app/import_files.h"
#include "app/intake.h"
#include "app/make_report.h"
#include "app/nightly.h"
#include "app/search.h"
#include "app/trends.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

constexpr const char* kConfig =
    "[brand]\nname = \"Acme\"\n[[competitor]]\nname = \"Hydra\"\n[[source]]\nkind = \"rss\"\nurl = "
    "\"https://one.example/feed\"\nlabel = \"one\"\n"
    "[[source]]\nkind = \"rss\"\nurl = \"https://two.example/feed\"\nlabel = \"two\"\n";

Workspace open_new(const Scratch& scratch, const std::string& config = kConfig) {
  return open_workspace_of(scratch, config);
}

TEST(Nightly, SecondRunBringsNothingTwice) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ScriptedHttp http;
  http.page("https://one.example/feed",
            feed({{"1", "The Acme pump is great"}, {"2", "Hydra never answered my mail"}}),
            "\"a\"");
  http.page("https://two.example/feed", feed({{"1", "I need a warranty for my Acme"}}));
  const auto first = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_TRUE(first) << describe(first.error());
  EXPECT_EQ(first->sources[0].put.added, 2);
  EXPECT_EQ(first->sources[1].put.added, 1) << "every site counts its items for itself";
  const auto second = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->sources[0].unchanged);
  EXPECT_EQ(second->sources[0].put.added + second->sources[1].put.added, 0);
  EXPECT_TRUE(std::filesystem::exists(scratch.path() + "/reports/report.html"));
  EXPECT_FALSE(second->partial());
}

TEST(Nightly, AFailingSourceIsARowNotTheEnd) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ScriptedHttp http;
  http.page("https://two.example/feed", feed({{"9", "Acme support is slow"}}));
  const auto outcome = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_TRUE(outcome) << describe(outcome.error());
  EXPECT_TRUE(outcome->partial());
  EXPECT_FALSE(outcome->denied());
  EXPECT_EQ(outcome->sources[1].put.added, 1);
  const auto coverage = workspace.store->coverage(0, 100000);
  ASSERT_TRUE(coverage);
  const auto missing = std::find_if(coverage->begin(), coverage->end(),
                                    [](const CoverageDay& day) { return day.source == "one"; });
  ASSERT_NE(missing, coverage->end());
  EXPECT_EQ(missing->state, CoverageState::missing);
  EXPECT_NE(missing->reason.find("no such page"), std::string::npos);
}

TEST(Nightly, RefusesASecondRunAtTheSameTime) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  const auto lock = RunLock::take(workspace.config.store_path + ".nightly");
  ASSERT_TRUE(lock);
  ScriptedHttp http;
  const auto outcome = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::conflict);
}

TEST(Nightly, AnEditUpdatesTheText) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ScriptedHttp http;
  http.page("https://one.example/feed", feed({{"1", "Acme is great"}}));
  http.page("https://two.example/feed", feed({}));
  ASSERT_TRUE(run_nightly(workspace, http, 1795334400, no_progress()));
  http.page("https://one.example/feed", feed({{"1", "Acme is awful, it leaks"}}));
  const auto outcome = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->sources[0].put.updated, 1);
  EXPECT_EQ(search(workspace, "leaks", 10)->total, 1);
  EXPECT_EQ(search(workspace, "great", 10)->total, 0);
  EXPECT_TRUE(search(workspace, "great", 10)->topics.empty());
  const auto topics = search(workspace, "topic:nowhere", 10)->topics;
  EXPECT_NE(std::find(topics.begin(), topics.end(), "price"), topics.end());
}

std::string status(int id, const std::string& text) {
  return R"({"id":")" + std::to_string(id) +
         R"(","created_at":"2026-11-02T08:00:00Z","content":"<p>)" + text +
         R"(</p>","account":{"acct":"ada"},"visibility":"public"})";
}

TEST(Recheck, EditsAndDeletionsAreSeenLater) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch,
                                 "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"mastodon\"\nurl "
                                 "= \"https://social.example\"\nquery = \"#acme\"\n");
  ScriptedHttp http;
  const std::string first = "https://social.example/api/v1/timelines/tag/acme?limit=40";
  http.page(first, "[" + status(1000, "The pump hums.") + "," + status(1001, "It leaks.") + "," +
                       status(1002, "Fine so far.") + "]");
  const SourceConfig& source = workspace.config.sources.front();
  ReadOptions options;
  options.now = 1795334400;
  ASSERT_EQ(read_source(workspace, source, http, options, no_progress()).put.added, 3);
  http.page(first + "&since_id=1002", "[]");
  const std::string again = "https://social.example/api/v1/statuses?id[]=1002&id[]=1001&id[]=1000";
  http.page(again, "[" + status(1000, "The pump hums, always.") + "," +
                       status(1002, "Fine so far.") + "]");
  const SourceRun run = read_source(workspace, source, http, options, no_progress());
  EXPECT_TRUE(run.status.has_value());
  EXPECT_EQ(run.put.updated, 1);
  EXPECT_EQ(run.put.deleted, 1);
  EXPECT_EQ(run.put.added, 0);
  // A site that does not answer the question, or answers another, loses nothing.
  http.replies.erase(again);
  EXPECT_EQ(read_source(workspace, source, http, options, no_progress()).put.deleted, 0);
  http.page("https://social.example/api/v1/statuses?id[]=1002&id[]=1000",
            "[" + status(7, "Something else.") + "]");
  EXPECT_EQ(read_source(workspace, source, http, options, no_progress()).put.deleted, 0);
  EXPECT_EQ(workspace.store->status("")->documents, 2);
}

// Says for each address what it is asked for, whatever else stands in it.
class HackerNewsDouble : public Http {
 public:
  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string& url = request.request.url;
    if (url.find("/items/") == std::string::npos)
      return HttpReply{200, url, hits, "application/json", "", {}, kNoTime};
    const auto found = items.find(url.substr(url.rfind('/') + 1));
    if (found == items.end()) return fail(ErrorCode::not_found, "no such item", url);
    return HttpReply{200, url, found->second, "application/json", "", {}, kNoTime};
  }
  void pause(const std::string&, std::int64_t) override {}
  std::string hits;
  std::map<std::string, std::string> items;
};

std::string hit(int id) {
  return R"({"objectID":")" + std::to_string(id) + R"(","created_at":"2026-11-02T08:00:0)" +
         std::to_string(id) + R"(Z","created_at_i":)" + std::to_string(1793606400 + id) +
         R"(,"author":"ada","comment_text":"The Acme pump hums","_tags":["comment"]})";
}

std::string item(int id) {
  return R"({"id":)" + std::to_string(id) + R"(,"created_at":"2026-11-02T08:00:0)" +
         std::to_string(id) + R"(Z","created_at_i":)" + std::to_string(1793606400 + id) +
         R"(,"author":"ada","text":"The Acme pump hums","type":"comment","children":[]})";
}

std::string found(const std::vector<int>& ids) {
  std::string list;
  for (int id : ids) list += (list.empty() ? "" : ",") + hit(id);
  return R"({"hits":[)" + list + R"(],"nbHits":)" + std::to_string(ids.size()) +
         R"(,"page":0,"nbPages":1,"hitsPerPage":100})";
}

TEST(Recheck, A404IsBelievedOnlyOfASiteThatKnowsTheQuestion) {
  const Scratch scratch;
  Workspace workspace =
      open_new(scratch,
               "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"hackernews\"\nurl = "
               "\"https://search.example\"\nquery = \"acme\"\n");
  const SourceConfig& source = workspace.config.sources.front();
  ReadOptions options;
  options.now = 1795334400;
  HackerNewsDouble http;
  http.hits = found({3, 2, 1});
  const SourceRun first = read_source(workspace, source, http, options, no_progress());
  ASSERT_EQ(first.put.added, 3) << (first.status ? "" : describe(first.status.error()));
  EXPECT_EQ(first.put.deleted, 0);
  for (const std::string& hits : {found({}), found({3})}) {
    http.hits = hits;
    EXPECT_EQ(read_source(workspace, source, http, options, no_progress()).put.deleted, 0)
        << "no item is known there at all";
  }
  http.items = {{"3", item(3)}, {"1", item(1)}};
  EXPECT_EQ(read_source(workspace, source, http, options, no_progress()).put.deleted, 1);
  EXPECT_EQ(workspace.store->status("")->documents, 2);
}

// A blog whose lists are empty by now; single items are asked for with `include`.
class BlogDouble : public Http {
 public:
  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string& url = request.request.url;
    const bool posts = url.find("/posts?") != std::string::npos;
    const bool again = url.find("include=") != std::string::npos;
    if (again) asked.push_back(url.substr(url.rfind('/') + 1));
    std::string body = lists ? items(posts, {1, 2}, "hums") : "[]";
    if (again) body = items(posts, {2}, "leaks");
    return HttpReply{200, url, body, "application/json", "", {}, kNoTime};
  }
  void pause(const std::string&, std::int64_t) override {}
  bool lists = true;
  std::vector<std::string> asked;

 private:
  static std::string items(bool posts, const std::vector<int>& ids, const std::string& what) {
    std::string list;
    for (const int id : ids)
      list += std::string(list.empty() ? "" : ",") + R"({"id":)" + std::to_string(id) +
              R"(,"date_gmt":"2026-11-02T08:00:00","content":{"rendered":"The Acme pump )" + what +
              "\"}" + (posts ? R"(,"title":{"rendered":"Pumps"}})" : R"(,"post":1,"parent":0})");
    return "[" + list + "]";
  }
};

TEST(Recheck, WhatIsNamedApartIsAskedForApart) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch,
                                 "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"wordpress\"\n"
                                 "url = \"https://blog.example\"\n");
  const SourceConfig& source = workspace.config.sources.front();
  ReadOptions options;
  options.now = 1795334400;
  BlogDouble http;
  ASSERT_EQ(read_source(workspace, source, http, options, no_progress()).put.added, 4);
  http.lists = false;
  const SourceRun run = read_source(workspace, source, http, options, no_progress());
  ASSERT_TRUE(run.status) << describe(run.status.error());
  EXPECT_EQ(run.put.updated, 2);
  EXPECT_EQ(run.put.deleted, 2);
  ASSERT_EQ(http.asked.size(), 2u);
  EXPECT_NE(http.asked[0].substr(0, 5), http.asked[1].substr(0, 5));
  EXPECT_EQ(workspace.store->status("")->documents, 2);
}

std::string page_post(const std::string& id, const std::string& text) {
  return R"({"id":")" + id + R"(","message":")" + text +
         R"(","created_time":"2026-11-02T08:00:00+0000"})";
}

// Documents of an archive bear the same source name, but no id that the site knows.
TEST(Recheck, AnArchiveOfTheSameSiteIsNotAskedFor) {
  const Scratch scratch;
  Workspace workspace =
      open_new(scratch,
               "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"facebook\"\nurl "
               "= \"https://graph.example\"\nquery = \"77\"\ntoken = { file = \"" +
                   scratch.file("token", "t0ken") + "\" }\n");
  ImportJob job;
  job.source = "facebook";
  job.files = {scratch.file("own.csv", "id,date,text\nf00d,2026-11-01,Acme is fine\n")};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const SourceConfig& source = workspace.config.sources.front();
  ScriptedHttp http;
  ReadOptions options;
  options.now = 1795334400;
  const auto list = [&http, &source](const std::string& cursor) {
    return find_source("facebook")->plan(source.query, cursor)->url;
  };
  http.page(list(""), R"({"data":[)" + page_post("77_1", "It hums.") + "," +
                          page_post("77_2", "It leaks.") + "]}");
  ASSERT_EQ(read_source(workspace, source, http, options, no_progress()).put.added, 2);
  http.page(list("since=1793606400"), R"({"data":[]})");
  http.page("https://graph.example/",
            R"([{"code":400,"body":"{\"error\":{\"code\":100,\"error_subcode\":33}}"},)"
            R"({"code":200,"body":"{\"id\":\"77_1\",\"message\":\"It hums, still.\",)"
            R"(\"created_time\":\"2026-11-02T08:00:00+0000\"}"}])");
  const SourceRun run = read_source(workspace, source, http, options, no_progress());
  ASSERT_TRUE(run.status) << describe(run.status.error());
  EXPECT_EQ(run.put.updated, 1);
  EXPECT_EQ(run.put.deleted, 1);
  EXPECT_EQ(http.asked.back().request.body.find("f00d"), std::string::npos);
  EXPECT_EQ(workspace.store->status("")->documents, 2) << "the archive stays";
}

TEST(Import, TwiceAddsNothing) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ImportJob job;
  job.files = {scratch.file("posts.csv",
                            "id,date,user,text\n1,2026-11-01,ada,Acme is "
                            "fine\n2,2026-11-02,ben,Hydra broke\n3,someday,ben,no date here\n")};
  const auto first = import_files(workspace, job, no_progress());
  ASSERT_TRUE(first) << describe(first.error());
  EXPECT_EQ(first->front().put.added, 2);
  EXPECT_EQ(first->front().read.skipped, 1);
  ASSERT_FALSE(first->front().read.problems.empty());
  EXPECT_NE(first->front().read.problems.front().find("posts.csv:4"), std::string::npos)
      << first->front().read.problems.front();
  const auto second = import_files(workspace, job, no_progress());
  ASSERT_TRUE(second);
  EXPECT_EQ(second->front().put.added, 0);
  EXPECT_EQ(second->front().put.known, 2);
}

TEST(Import, FindsTheBrandInTheText) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ImportJob job;
  job.files = {
      scratch.file("posts.csv",
                   "id,date,user,text\n1,2026-11-01,ada,my HYDRA leaks\n2,2026-11-02,ben,the acme "
                   "is fine\n3,2026-11-02,cy,no brand at all\n")};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const auto status = workspace.store->status("");
  ASSERT_TRUE(status);
  std::map<std::string, std::int64_t> brands(status->by_brand.begin(), status->by_brand.end());
  EXPECT_EQ(brands["Hydra"], 1);
  EXPECT_EQ(brands["Acme"], 2);
}

std::string csv_of(int rows) {
  std::string csv = "id,date,user,text\n";
  for (int i = 0; i < rows; ++i)
    csv += std::to_string(i) + ",2026-10-" + (i % 30 < 9 ? "0" : "") + std::to_string(i % 30 + 1) +
           ",user" + std::to_string(i % 97) + ",Acme number " + std::to_string(i * 7919 % 1000) +
           (i % 3 ? " is great and lasts" : " is terrible and leaks") + " says voice " +
           std::to_string(i) + "\n";
  return csv;
}

TEST(Import, ThreadsDoNotChangeTheOutcome) {
  std::string json[2];
  for (const int threads : {1, 4}) {
    const Scratch scratch;
    Workspace workspace = open_new(
        scratch, std::string(kConfig) + "[run]\nthreads = " + std::to_string(threads) + "\n");
    ImportJob job;
    job.files = {scratch.file("posts.csv", csv_of(9000))};
    ASSERT_TRUE(import_files(workspace, job, no_progress()));
    ASSERT_TRUE(bring_up_to_date(workspace, no_progress()));
    ReportWish wish;
    wish.now = 1795334400;
    const auto report = make_report(workspace, wish);
    ASSERT_TRUE(report) << describe(report.error());
    json[threads == 4] = render_report(*report, "json").value();
  }
  EXPECT_EQ(json[0], json[1]);
}

TEST(Import, AnalysedLaterGivesTheSameNumbers) {
  std::string json[2];
  for (const bool at_once : {true, false}) {
    const Scratch scratch;
    Workspace workspace = open_new(scratch);
    ImportJob job;
    job.files = {scratch.file("posts.csv", csv_of(3000))};
    job.analyze = at_once;
    const auto first = import_files(workspace, job, no_progress());
    ASSERT_TRUE(first) << describe(first.error());
    const auto again = import_files(workspace, job, no_progress());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->front().put.known, 3000);
    const auto early = search(workspace, "leaks", 5);
    ASSERT_TRUE(early);
    EXPECT_EQ(early->total, at_once ? 1000 : 0);
    EXPECT_EQ(early->unindexed, at_once ? 0 : 3000);
    ASSERT_TRUE(bring_up_to_date(workspace, no_progress()));
    const auto found = search(workspace, "leaks", 5);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 1000);
    EXPECT_EQ(found->unindexed, 0);
    ReportWish wish;
    wish.now = 1795334400;
    const auto report = make_report(workspace, wish);
    ASSERT_TRUE(report) << describe(report.error());
    json[at_once] =
        render_report(*report, "json").value() + std::to_string(first->front().put.copies);
  }
  EXPECT_EQ(json[0], json[1]);
}

TEST(Intake, WritesTheSameGroupsWhateverTheThreads) {
  std::vector<std::string> outcomes;
  for (const int threads : {1, 4}) {
    const Scratch scratch;
    Workspace workspace = open_new(scratch);
    const std::int64_t before = workspace.store->status("").value().changes;
    IntakeOptions options;
    options.threads = threads;
    options.batch = 7;
    options.batches_at_once = 5;
    Intake intake(workspace, options);
    for (int i = 0; i < 500; ++i) {
      Document document;
      document.source = "forum";
      document.id = std::to_string(i * 7919 % 300);
      document.published_at = 1793000000;
      if (i % 5 > 0) document.text = "voice " + std::to_string(i % 90) + " says the pump is loud";
      ASSERT_TRUE(intake.add(std::move(document)));
    }
    const auto put = intake.finish();
    ASSERT_TRUE(put) << describe(put.error());
    EXPECT_EQ(intake.empty(), 100);
    EXPECT_EQ(put->added + put->known + put->differing + put->updated, 400);
    EXPECT_EQ(workspace.store->status("").value().changes - before, 72 + 1);  // and the end
    std::string& all = outcomes.emplace_back(std::to_string(put->copies));
    const auto kept_all = workspace.store->after(0, 1000);
    ASSERT_TRUE(kept_all) << describe(kept_all.error());
    for (const StoredDocument& kept : *kept_all)
      all += "\n" + std::to_string(kept.row) + kept.document.id + kept.document.text +
             std::to_string(kept.copy_of);
  }
  EXPECT_TRUE(outcomes[0] == outcomes[1]);
}

TEST(Trends, EqualTheReportsDays) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ImportJob job;
  job.files = {scratch.file("posts.csv", csv_of(3000))};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  ASSERT_TRUE(bring_up_to_date(workspace, no_progress()));
  ReportWish wish;
  wish.now = 1795334400;
  const auto report = make_report(workspace, wish);
  const auto trend = trend_of(workspace, wish, Unit::day);
  ASSERT_TRUE(report && trend);
  std::map<Day, std::int64_t> days;
  for (const DailyRow& row : report->daily)
    if (row.brand == "Acme") days[row.day] = row.counts.n;
  ASSERT_FALSE(trend->points.empty());
  for (const TrendPoint& point : trend->points)
    EXPECT_EQ(point.counts.n, days[point.start]) << format_day(point.start);
}

TEST(Brief, HandlesOfSeveralSitesAreSeveralPeople) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ScriptedHttp http;
  // A first name alone: an address of mail would be one account wherever it stands.
  const auto by_ada = [](std::string xml) {
    const std::string mail = "ada@x.example (Ada)";
    return xml.replace(xml.find(mail), mail.size(), "Ada");
  };
  http.page("https://one.example/feed", by_ada(feed({{"1", "The Acme pump is great"}})));
  http.page("https://two.example/feed", by_ada(feed({{"1", "My Acme pump leaks"}})));
  ASSERT_TRUE(run_nightly(workspace, http, 1795334400, no_progress()));
  const auto busiest = workspace.store->busiest_accounts(10);
  ASSERT_TRUE(busiest);
  ASSERT_EQ(busiest->size(), 2u);
  const std::string handle = busiest->front().author.handle.empty()
                                 ? busiest->front().author.name
                                 : busiest->front().author.handle;
  const auto both = find_person(workspace, "rss:" + handle);
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, ErrorCode::ambiguous);
  for (const AccountRow& account : *busiest) {
    EXPECT_NE(both.error().message.find(account.author.id), std::string::npos);
    const auto one = find_person(workspace, "rss:" + account.author.id);
    ASSERT_TRUE(one) << describe(one.error());
    const auto brief = make_brief(workspace, *one, 1795334400);
    ASSERT_TRUE(brief);
    const bool first = account.author.id.find("one") != std::string::npos;
    for (const auto& evidence : brief->evidence)
      EXPECT_NE(evidence.quote.find(first ? "great" : "leaks"), std::string::npos)
          << account.author.id << ": " << evidence.quote;
    EXPECT_FALSE(brief->evidence.empty());
  }
}

TEST(Brief, AmbiguousNamesAreListed) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ImportJob job;
  job.files = {scratch.file("posts.csv",
                            "id,date,user,text\n1,2026-11-01,ada.one,I want a longer "
                            "warranty\n2,2026-11-02,ada.two,I need support\n")};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const auto several = find_person(workspace, "ada");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, ErrorCode::ambiguous);
  EXPECT_NE(several.error().message.find("posts:ada.one"), std::string::npos);
  EXPECT_EQ(find_person(workspace, "nobody").error().code, ErrorCode::not_found);
  const auto one = find_person(workspace, "posts:ada.one");
  ASSERT_TRUE(one) << describe(one.error());
  EXPECT_TRUE(find_person(workspace, "csv:ada.one"))
      << "the format's name stands for the only account of this handle";
  const auto brief = make_brief(workspace, *one, 1795334400);
  ASSERT_TRUE(brief) << describe(brief.error());
  EXPECT_EQ(brief->documents, 1);
  EXPECT_FALSE(brief->statements.empty());
}

TEST(Export, WritesEveryMention) {
  const Scratch scratch;
  Workspace workspace = open_new(scratch);
  ImportJob job;
  job.files = {scratch.file("posts.csv", csv_of(2500))};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  for (const char* form : {"csv", "jsonl", "parquet-ready-csv"}) {
    const std::string out = scratch.file(std::string("out.") + form);
    const auto rows = export_rows(workspace, "mentions", form, out);
    ASSERT_TRUE(rows) << describe(rows.error());
    EXPECT_EQ(*rows, 2500);
    const std::string bytes = slurp(out);
    EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'),
              2500 + (std::string(form) == "jsonl" ? 0 : 1));
  }
  EXPECT_FALSE(export_rows(workspace, "mentionz", "csv", scratch.file("x")));
  EXPECT_EQ(export_rows(workspace, "rollups", "csv", scratch.file("r.csv")).value(), 30 * 1);
}

// What was planted in the sample: who is hot, warm or cold when it ends.
void expect_planted_temperatures(const std::string& folder) {
  const auto truth = nlohmann::json::parse(slurp(folder + "/sample/truth.json"));
  const auto workspace = open_workspace(folder, Access::read);
  ASSERT_TRUE(workspace) << describe(workspace.error());
  for (const auto& prospect : truth.at("prospects")) {
    const auto person = find_person(*workspace, prospect.at("name").get<std::string>());
    ASSERT_TRUE(person) << describe(person.error());
    const auto brief = make_brief(*workspace, *person, 1795334400);  // 2026-11-22T08:00:00Z
    ASSERT_TRUE(brief) << describe(brief.error());
    EXPECT_EQ(name_of(brief->temperature.band), prospect.at("temperature").get<std::string>())
        << person->name;
  }
}

TEST(Demo, MakesAReportAndSixBriefs) {
  const Scratch scratch;
  const auto demo = make_demo(scratch.path() + "/demo", no_progress());
  ASSERT_TRUE(demo) << describe(demo.error());
  EXPECT_EQ(demo->briefs.size(), 6u);
  EXPECT_GT(demo->mentions, 4500);
  for (const std::string& brief : demo->briefs) {
    const std::string html = slurp(brief);
    EXPECT_NE(html.find("[E1]"), std::string::npos) << brief;
    EXPECT_NE(html.find("Invented sample data"), std::string::npos) << brief;
    EXPECT_EQ(html.find("<script"), std::string::npos) << brief;
  }
  expect_planted_temperatures(scratch.path() + "/demo");
  const std::string report = slurp(demo->report);
  EXPECT_NE(report.find("Invented sample data"), std::string::npos);
  EXPECT_EQ(report.find("<script"), std::string::npos);
  const auto again = make_demo(scratch.path() + "/demo", no_progress());
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->mentions, demo->mentions);
  EXPECT_EQ(slurp(again->report), report) << "the same sample gives the same page";
}

TEST(Import, ARivalThatOnlyMeasuresIsNotTheMentionsBrand) {
  const Scratch scratch;
  Workspace workspace =
      open_workspace_of(scratch, "[brand]\nname = \"Acme\"\n[[competitor]]\nname = \"Bolt\"\n");
  ImportJob job;
  job.files = {scratch.file("posts.csv",
                            "id,date,text\n"
                            "1,2026-11-01,The new pump is so much worse than Bolt.\n"
                            "2,2026-11-01,Bolt is awful and rude.\n"
                            "3,2026-11-02,Bolt is better than my old pump and I love it.\n"
                            "4,2026-11-02,I love the Acme pump.\n")};
  const auto files = import_files(workspace, job, no_progress());
  ASSERT_TRUE(files) << describe(files.error());
  const std::vector<std::pair<std::string, std::int64_t>> split = {{"Acme", 2}, {"Bolt", 2}};
  EXPECT_EQ(files->at(0).by_brand, split);
  const auto kept = workspace.store->after(0, 10);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->at(0).document.brand, "Acme") << kept->at(0).document.text;
}

}  // namespace
}  // namespace plumbline
