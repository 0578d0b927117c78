#include "crawler/import_fields.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

struct Spellings {
  ImportField field;
  std::string_view name;
  std::string_view folded;  // blank-separated, the surest first; "~" before words of languages
                            // that write the day of a date before its month
};

// In the order in which fields choose their column. Spellings are folded: no accents, no blanks.
constexpr std::array<Spellings, kImportFields> kSpellings = {{
    {ImportField::text, "text",
     "text fulltext content body message review comment posttext tweettext reviewtext "
     "messagetext commenttext mentiontext reviewbody reviewcontent posttextcontent tweet post "
     "postcontent mention snippet hitsentence description summary feedback opinion response answer "
     "verbatim caption selftext contenthtml ~inhalt ~nachricht ~beitrag ~kommentar ~bewertungstext "
     "~rezension ~texto ~contenido ~mensaje ~resena ~comentario opinion ~texte ~contenu ~avis "
     "~commentaire "
     "~testo ~contenuto ~recensione note comments 本文 テキスト 内容 评论 正文"},
    {ImportField::title, "title",
     "title subject headline reviewtitle posttitle heading reviewheadline ~titel ~betreff "
     "~uberschrift ~titulo ~asunto ~titre ~objet ~sujet ~titolo ~oggetto タイトル 件名 标题"},
    {ImportField::published_at, "published_at",
     "publishedat published createdat created createdutc datetime publishedon publicationdate "
     "publishdate publisheddate pubdate postedat posted postedon dateposted postdate date "
     "reviewdate tweetcreated commentdate createddate createdtime creationdate datecreated "
     "datepublished submitted submittedat submissiontime timestamp timestampms time ~datum "
     "~veroffentlichtam ~erstelltam ~zeitpunkt ~zeitstempel ~fecha ~fechadepublicacion ~fechahora "
     "~publicado ~creado ~datedepublication ~publiele ~creele ~data ~datadipubblicazione ~dato "
     "~tarih ~дата 日付 投稿日 "
     "日時 日期 时间"},
    {ImportField::time, "time",
     "time timeofday posttime publishedtime hour ~uhrzeit ~zeit ~hora ~heure ~ora 時刻"},
    {ImportField::id, "id",
     "id tweetid mentionid postid commentid reviewid messageid statusid documentid docid "
     "externalid nativeid uuid guid resourceid queryresultid ~beitragsid ~identificador "
     "~identifiant "
     "~kennung"},
    {ImportField::url, "url",
     "url link permalink postlink posturl mentionurl tweeturl reviewurl sourceurl pageurl uri href "
     "htmlurl weburl ~webadresse ~enlace ~lien ~adresse"},
    {ImportField::author, "author",
     "author authorhandle author.handle authorusername author.username author.screenname "
     "user.screenname user.username user.handle from.username username userhandle screenname "
     "userscreenname handle authorscreenname user from fromuser author.login user.login login "
     "poster postedby reviewer reviewername customer customername commenter speaker nickname nick "
     "by sender influencer profile respondent ~autor ~benutzer ~benutzername ~verfasser ~absender "
     "~usuario ~remitente ~auteur ~utilisateur ~expediteur ~autore ~utente name fullname "
     "authorname "
     "author.name user.name from.name author.displayname 著者 投稿者 ユーザー名 作者 用户"},
    {ImportField::name, "name",
     "authorname author.name author.displayname authordisplayname authorfullname displayname "
     "fullname profilename realname user.name user.displayname from.name name ~anzeigename "
     "~nombre ~nom ~nome"},
    {ImportField::author_id, "author_id",
     "authorid author.id userid user.id fromid from.id accountid account.id profileid customerid"},
    {ImportField::brand, "brand",
     "brand brandname company airline ~marke ~marca ~marque ~firma ~empresa ~entreprise ブランド "
     "品牌"},
    {ImportField::rating, "rating",
     "rating stars score ratingof10 ratingof5 ratingof100 starrating overallrating reviewrating "
     "reviewscore reviewstars ratingvalue ~bewertung ~sterne note ~puntuacion ~calificacion "
     "~estrellas "
     "~etoiles ~valutazione 評価 评分"},
    {ImportField::likes, "likes",
     "likes likecount likescount favorites favoritecount favoritescount favourites favouritecount "
     "upvotes ups points reactions reactioncount helpfulvotes helpful thumbsup ~gefalltmir "
     "~megusta "
     "~jaime いいね 点赞"},
    {ImportField::shares, "shares",
     "shares sharecount sharescount retweets retweetcount retweetscount reposts repostcount "
     "reblogs "
     "reblogscount ~geteilt ~compartidos ~partages リツイート 转发"},
    {ImportField::lang, "lang",
     "lang language languagecode locale ~sprache ~idioma ~langue ~lingua 言語"},
    {ImportField::place, "place",
     "place location country city region tweetlocation userlocation reviewercountry state ~ort "
     "~land "
     "~standort ~lugar ~pais ~ubicacion ~lieu ~pays ~luogo ~paese 場所 地点"},
    {ImportField::parent, "parent",
     "parent parentid inreplyto inreplytoid inreplytostatusid replyto replytoid parentcommentid "
     "inreplytotweetid threadid ~antwortauf"},
    {ImportField::source, "source",
     "source platform network channel site sourcename contentsource ~quelle ~plattform ~fuente "
     "~plataforma ~plateforme ~fonte"},
}};

// Of these words no language can be told: several have them.
constexpr std::string_view kShared = " id url link text post note score rating date source ";

enum class Tongue : std::uint8_t { unknown, day_first, other };

Tongue tongue_of(std::string_view folded) {
  if (folded.empty() || kShared.find(fmt::format(" {} ", folded)) != std::string_view::npos)
    return Tongue::unknown;
  Tongue tongue = Tongue::unknown;
  for (const Spellings& entry : kSpellings)
    for (const std::string_view known : split(entry.folded, ' ')) {
      if (known == folded) return Tongue::other;
      if (known.substr(0, 1) == "~" && known.substr(1) == folded) tongue = Tongue::day_first;
    }
  return tongue;
}

const Spellings& spellings_of(ImportField field) {
  return *std::find_if(kSpellings.begin(), kSpellings.end(),
                       [field](const Spellings& entry) { return entry.field == field; });
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 40; ++i)
    out += (i == 0 ? "" : ", ") + shorten(names[i], 60);
  if (names.size() > 40) out += fmt::format(" and {} more", names.size() - 40);
  return out;
}

int find_column(const std::vector<std::string>& header, std::string_view wanted) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == wanted) return static_cast<int>(i);
  const std::string folded = fold_column(wanted);
  for (std::size_t i = 0; i < header.size() && !folded.empty(); ++i)
    if (fold_column(header[i]) == folded) return static_cast<int>(i);
  return -1;
}

tl::unexpected<Error> no_such_column(const std::vector<std::string>& header,
                                     std::string_view wanted, std::string_view field) {
  const std::string_view close =
      closest(wanted, std::vector<std::string_view>(header.begin(), header.end()));
  return fail(ErrorCode::invalid,
              fmt::format("no column \"{}\" for {}{}; the columns are: {}", wanted, field,
                          close.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", close),
                          joined(header)));
}

// The columns that a --map entry names; "Pros+Cons" names two where no column has that very name.
Result<std::vector<int>> named_columns(const std::vector<std::string>& header,
                                       std::string_view wanted, std::string_view field) {
  if (const int one = find_column(header, wanted); one >= 0) return std::vector<int>{one};
  if (field != "text" || wanted.find('+') == std::string_view::npos)
    return no_such_column(header, wanted, field);
  std::vector<int> several;
  for (const std::string_view part : split(wanted, '+')) {
    const int one = find_column(header, trim(part));
    if (one < 0) return no_such_column(header, trim(part), field);
    several.push_back(one);
  }
  return several;
}

bool is_number(std::string_view cell) {
  cell = trim(cell);
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-';
  });
}

// The free column with the best spelling of `field`; -1 where none has one.
int best_column(ImportField field, const std::vector<std::string>& folded,
                const std::vector<std::string>& first, const std::vector<bool>& taken) {
  int best = -1;
  int best_rank = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (taken[i]) continue;
    const int rank = spelling_rank(field, folded[i]);
    if (rank < 0 || (best >= 0 && rank >= best_rank)) continue;
    const bool wants_words = field == ImportField::text || field == ImportField::title;
    if (wants_words && rank > 0 && i < first.size() && is_number(first[i])) continue;
    best = static_cast<int>(i);
    best_rank = rank;
  }
  return best;
}

}  // namespace

std::string_view name_of(ImportField field) { return spellings_of(field).name; }

bool import_field_of(std::string_view name, ImportField& field) {
  if (name == "date") name = "published_at";
  for (const Spellings& entry : kSpellings)
    if (entry.name == name) {
      field = entry.field;
      return true;
    }
  return false;
}

std::string fold_column(std::string_view header) {
  const std::string plain = fold_word_plain(header);
  std::string out;
  for (const char c : plain)
    if ((c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.') out += c;
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

int spelling_rank(ImportField field, std::string_view folded) {
  if (folded.empty()) return -1;
  const auto rank_in = [field](std::string_view wanted) {
    int rank = 0;
    for (std::string_view known : split(spellings_of(field).folded, ' ')) {
      if (known.substr(0, 1) == "~") known.remove_prefix(1);
      if (known == wanted) return rank;
      ++rank;
    }
    return -1;
  };
  if (const int rank = rank_in(folded); rank >= 0) return rank;
  if (folded.find('.') == std::string_view::npos) return -1;
  std::string without(folded);
  without.erase(std::remove(without.begin(), without.end(), '.'), without.end());
  return rank_in(without);
}

bool are_day_first(const std::vector<std::string>& header, std::string_view dates) {
  // "data" is a date in Italy and Portugal and anything elsewhere: its neighbours decide.
  const std::string folded = fold_column(dates);
  if (folded != "data" && tongue_of(folded) == Tongue::day_first) return true;
  int day_first = 0, other = 0;
  for (const std::string& name : header) {
    const Tongue tongue = tongue_of(fold_column(name));
    day_first += tongue == Tongue::day_first ? 1 : 0;
    other += tongue == Tongue::other ? 1 : 0;
  }
  return day_first > other;
}

Status check_mapped_fields(const ImportOptions& options) {
  for (const auto& [name, column] : options.columns) {
    ImportField field{};
    if (import_field_of(name, field)) continue;
    std::vector<std::string_view> known;
    std::string list;
    for (const Spellings& entry : kSpellings) {
      known.push_back(entry.name);
      list += fmt::format("{}{}", list.empty() ? "" : ", ", entry.name);
    }
    const std::string_view close = closest(name, known);
    return fail(ErrorCode::invalid,
                fmt::format("--map knows no field \"{}\"{}; the fields are: {}", name,
                            close.empty() ? "" : fmt::format(" (did you mean {}?)", close), list));
  }
  return {};
}

Result<ColumnMap> map_columns(const std::vector<std::string>& header,
                              const std::vector<std::string>& first, const ImportOptions& options) {
  PLUMBLINE_CHECK(check_mapped_fields(options));
  ColumnMap map;
  std::vector<bool> taken(header.size(), false);
  for (const auto& [name, wanted] : options.columns) {
    ImportField field{};
    import_field_of(name, field);
    auto& columns = map.columns[static_cast<std::size_t>(field)];
    columns = PLUMBLINE_TRY(named_columns(header, wanted, name));
    for (const int column : columns) taken[static_cast<std::size_t>(column)] = true;
  }
  std::vector<std::string> folded;
  for (const std::string& name : header) folded.push_back(fold_column(name));
  for (const Spellings& entry : kSpellings) {
    auto& columns = map.columns[static_cast<std::size_t>(entry.field)];
    if (columns.empty())
      if (const int best = best_column(entry.field, folded, first, taken); best >= 0) {
        columns.push_back(best);
        taken[static_cast<std::size_t>(best)] = true;
      }
    for (const int column : columns)
      map.mapped.emplace_back(entry.name, header[static_cast<std::size_t>(column)]);
  }
  for (std::size_t i = 0; i < header.size(); ++i)
    if (!taken[i] && !trim(header[i]).empty()) map.unused.push_back(header[i]);
  if (map.of(ImportField::text).empty() && map.of(ImportField::title).empty())
    return fail(ErrorCode::invalid,
                fmt::format("no column holds the text; the first line reads: {}. Name the column, "
                            "for example: --map text=\"{}\"",
                            shorten(joined(header), 200),
                            header.empty() ? "COLUMN" : shorten(header.back(), 60)));
  return map;
}

}  // namespace plumbline
