#include "crawler/transfer.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/text.h"
#include "crawler/guard.h"
#include "crawler/gunzip.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostErrorBody = 256u << 10;  // of replies that are no 2xx, packed
constexpr int kConnectionsPerHost = 4;
constexpr auto kAskFinished = std::chrono::milliseconds(50);

struct SlistDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistDeleter>;

void append(Slist& list, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
    static_cast<void>(list.release());
    list.reset(longer);
  }
}

// All of one request. In the hands of the loop's thread from `run` until `done`.
struct Transfer {
  const Hop* hop = nullptr;
  const HttpOptions* options = nullptr;
  bool private_allowed = false;
  CURL* easy = nullptr;
  Slist headers, resolve;
  char detail[CURL_ERROR_SIZE] = "";

  Answer answer;
  std::optional<Gunzip> gunzip;
  std::string coding;
  std::string refused;  // the private address that the guard met
  std::size_t header_bytes = 0;
  std::size_t body_bytes = 0;  // as sent
  bool headers_too_large = false, body_too_large = false, body_broken = false, enough = false;
  bool headers_ended = false;
  bool stalled = false;
  std::size_t bytes_seen = 0;  // headers and body when last looked at
  std::chrono::steady_clock::time_point moved = std::chrono::steady_clock::now();

  CURLcode code = CURLE_OK;
  bool done = false, cancel = false, added = false;  // under the loop's mutex
  std::condition_variable finished;
};

curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (!transfer.private_allowed && is_private_address(&address->addr)) {
    transfer.refused = address_text(&address->addr);
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string* header_target(Answer& answer, std::string& coding, std::string_view name) {
  struct Row {
    std::string_view name;
    std::string* into;
  };
  const Row rows[] = {{"content-type", &answer.content_type},
                      {"content-encoding", &coding},
                      {"etag", &answer.validators.etag},
                      {"last-modified", &answer.validators.last_modified},
                      {"date", &answer.wait.date},
                      {"retry-after", &answer.wait.retry_after},
                      {"x-ratelimit-remaining", &answer.wait.remaining},
                      {"x-rate-limit-remaining", &answer.wait.remaining},
                      {"ratelimit-remaining", &answer.wait.remaining},
                      {"x-ratelimit-reset", &answer.wait.reset},
                      {"x-rate-limit-reset", &answer.wait.reset},
                      {"ratelimit-reset", &answer.wait.reset},
                      {"ratelimit", &answer.wait.rate_limit},
                      {"cf-mitigated", &answer.challenge.cloudflare},
                      {"x-amzn-waf-action", &answer.challenge.amazon},
                      {"server", &answer.challenge.server},
                      {"link", &answer.link}};
  for (const Row& row : rows) {
    if (iequals_ascii(row.name, name)) return row.into;
  }
  return nullptr;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::string_view line(bytes, size * count);
  transfer.header_bytes += line.size();
  if (transfer.header_bytes > transfer.options->most_header_bytes) {
    transfer.headers_too_large = true;
    return 0;
  }
  if (transfer.body_bytes > 0) return line.size();  // trailers say nothing we use
  if (line.substr(0, 5) == "HTTP/") {               // a reply, maybe after one of 1xx
    transfer.answer = Answer{};
    transfer.coding.clear();
    transfer.headers_ended = false;
    const std::size_t blank = std::min(line.find(' '), line.size() - 1);
    transfer.answer.status = std::atoi(std::string(line.substr(blank, 4)).c_str());
    return line.size();
  }
  if (trim(line).empty()) transfer.headers_ended = true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string* into = header_target(transfer.answer, transfer.coding, trim(line.substr(0, colon)));
  if (into == nullptr) return line.size();
  if (into == &transfer.answer.link && !into->empty()) *into += ", ";
  if (into != &transfer.answer.link) into->clear();
  *into += trim(line.substr(colon + 1));
  return line.size();
}

// Bytes of a plain body; false at the limit.
bool add_plain(Transfer& transfer, std::string_view bytes) {
  std::string& body = transfer.answer.body;
  const std::size_t room = transfer.hop->most_body_bytes - body.size();
  body += bytes.substr(0, std::min(room, bytes.size()));
  return bytes.size() <= room;
}

bool add_packed(Transfer& transfer, std::string_view bytes) {
  if (!transfer.gunzip) transfer.gunzip.emplace(transfer.hop->most_body_bytes);
  switch (transfer.gunzip->feed(bytes, transfer.answer.body)) {
    case Gunzip::Outcome::more: return true;
    case Gunzip::Outcome::broken: transfer.body_broken = true; return true;
    case Gunzip::Outcome::too_large: break;
  }
  return false;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::string_view piece(bytes, size * count);
  transfer.body_bytes += piece.size();
  const bool is_error = transfer.answer.status / 100 != 2;
  if (is_error && transfer.body_bytes > kMostErrorBody) {
    transfer.enough = true;
    return 0;
  }
  const std::string& coding = transfer.coding;
  bool fits = true;
  if (coding.empty() || iequals_ascii(coding, "identity")) {
    fits = add_plain(transfer, piece);
  } else if (iequals_ascii(coding, "gzip") || iequals_ascii(coding, "x-gzip")) {
    fits = add_packed(transfer, piece);
  } else {
    transfer.body_broken = true;
  }
  if (is_error) {  // read for what it says only; the status decides
    transfer.body_broken = false;
    return piece.size();
  }
  if (!fits && transfer.hop->keep_what_fits) transfer.enough = true;
  if (!fits && !transfer.enough) transfer.body_too_large = true;
  return fits && !transfer.body_broken ? piece.size() : 0;
}

long millis(double seconds) {
  return static_cast<long>(std::clamp(seconds, 0.001, 86400.0) * 1000);
}

void set_limits(CURL* easy, const HttpOptions& options, double most_seconds) {
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, millis(options.connect_timeout_seconds));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, millis(most_seconds));
}

// libcurl's own LOW_SPEED looks at a mean of five seconds, so a stall is timed here.
int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(context);
  const auto now = std::chrono::steady_clock::now();
  const std::size_t seen = transfer.header_bytes + transfer.body_bytes;
  if (seen != transfer.bytes_seen) {
    transfer.bytes_seen = seen;
    transfer.moved = now;
  }
  const std::chrono::duration<double> still = now - transfer.moved;
  transfer.stalled = seen > 0 && still.count() > transfer.options->stall_timeout_seconds;
  return transfer.stalled ? 1 : 0;
}

void set_isolation(CURL* easy, Transfer& transfer) {
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // one from the environment would bypass the guard
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
}

bool prepare(Transfer& transfer) {
  CURL* easy = transfer.easy = curl_easy_init();
  if (easy == nullptr) return false;
  const HttpOptions& options = *transfer.options;
  set_limits(easy, options, transfer.hop->most_seconds);
  set_isolation(easy, transfer);
  curl_easy_setopt(easy, CURLOPT_URL, transfer.hop->target.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.detail);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
  if (const std::string& body = transfer.hop->body; !body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());  // the hop outlives the transfer
    append(transfer.headers, "Expect:");
  }
  append(transfer.headers, "Accept-Encoding: gzip");
  for (const auto& [name, value] : transfer.hop->headers) {
    append(transfer.headers, value.empty() ? name + ";" : name + ": " + value);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
  for (const std::string& entry : options.resolve) append(transfer.resolve, entry);
  if (transfer.resolve) curl_easy_setopt(easy, CURLOPT_RESOLVE, transfer.resolve.get());
  return true;
}

tl::unexpected<Fault> fault(ErrorCode code, std::string message, bool passing, int status = 0) {
  return tl::unexpected(Fault{Error{code, std::move(message), {}}, passing, status, false});
}

tl::unexpected<Fault> size_fault(const Transfer& transfer) {
  if (transfer.body_too_large) {
    return fault(ErrorCode::network,
                 fmt::format("the reply is larger than {} MiB, so it was not read on",
                             std::max<std::size_t>(1, transfer.hop->most_body_bytes >> 20)),
                 false);
  }
  return fault(ErrorCode::network,
               fmt::format("the reply's headers are larger than {} KiB, so it was not read on",
                           std::max<std::size_t>(1, transfer.options->most_header_bytes >> 10)),
               false);
}

tl::unexpected<Fault> refusal(const Transfer& transfer) {
  const Target& target = transfer.hop->target;
  return fault(ErrorCode::refused,
               fmt::format("{} is at {}, which is not on the public internet, so nothing was sent "
                           "there; if that is meant, name the host in a [[source]]: url = "
                           "\"{}://{}\"",
                           target.host, transfer.refused, target.scheme, target.place()),
               false);
}

tl::unexpected<Fault> curl_fault(const Transfer& transfer) {
  const Target& target = transfer.hop->target;
  const CURLcode code = transfer.code;
  const std::string detail =
      escape_terminal(transfer.detail[0] != '\0' ? transfer.detail : curl_easy_strerror(code));
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fault(ErrorCode::network,
                   fmt::format("the name {} is not known: check the address and this computer's "
                               "connection",
                               target.host),
                   true);
    case CURLE_COULDNT_CONNECT:
      return fault(ErrorCode::network,
                   fmt::format("nothing answers at {} ({})", target.place(), detail), true);
    case CURLE_OPERATION_TIMEDOUT:
      return fault(ErrorCode::network, fmt::format("{} took too long ({})", target.host, detail),
                   true);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return fault(ErrorCode::network,
                   fmt::format("the certificate of {} cannot be trusted ({}): check the address "
                               "and this computer's clock",
                               target.host, detail),
                   false);
    case CURLE_OUT_OF_MEMORY:  // also what libcurl 7 calls one header line beyond its own limit
    case static_cast<CURLcode>(100):
      if (transfer.answer.status != 0) return size_fault(transfer);
      return fault(ErrorCode::network, fmt::format("no reply was read ({})", detail), false);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return fault(ErrorCode::network,
                   fmt::format("{} answers, but not in HTTP ({})", target.place(), detail), false);
    default:
      return fault(ErrorCode::network, fmt::format("the reply broke off ({})", detail), true);
  }
}

Fetched<Answer> outcome(Transfer& transfer) {
  Answer& answer = transfer.answer;
  if (transfer.cancel) return fault(ErrorCode::partial, "stopped by the user", false);
  if (transfer.headers_too_large || transfer.body_too_large) return size_fault(transfer);
  if (transfer.stalled) {
    return fault(ErrorCode::network,
                 fmt::format("{} took too long (nothing came for {} s)", transfer.hop->target.host,
                             transfer.options->stall_timeout_seconds),
                 true);
  }
  if (transfer.code == CURLE_OK && answer.status != 0 && !transfer.headers_ended)
    return fault(ErrorCode::network, "the reply broke off (its headers have no end)", true);
  if (transfer.body_broken) {
    return fault(ErrorCode::network,
                 fmt::format("the reply claims the encoding \"{}\", but cannot be unpacked as gzip",
                             shorten(escape_terminal(transfer.coding), 40)),
                 false);
  }
  // The status of a reply whose body does not matter holds, however its body ended.
  const bool status_is_all = answer.status >= 300 && transfer.body_bytes > 0;
  if (transfer.code != CURLE_OK && !transfer.enough && !status_is_all) {
    return transfer.refused.empty() || transfer.code != CURLE_COULDNT_CONNECT ? curl_fault(transfer)
                                                                              : refusal(transfer);
  }
  if (transfer.gunzip && !transfer.gunzip->complete() && !transfer.enough && !status_is_all) {
    return fault(ErrorCode::network, "the reply broke off (its gzip stream has no end)", true);
  }
  return std::move(answer);
}

}  // namespace

struct TransferLoop::State {
  explicit State(const HttpOptions& given) : options(given) {}

  const HttpOptions& options;
  CURLM* multi = nullptr;
  std::mutex mutex;
  std::vector<Transfer*> active;  // queued or running
  bool stopping = false;
  std::thread thread;

  void drive();
  void settle(Transfer& transfer, CURLcode code);
  void take_up();
};

void TransferLoop::State::settle(Transfer& transfer, CURLcode code) {
  if (transfer.added) curl_multi_remove_handle(multi, transfer.easy);
  char* redirect = nullptr;
  if (curl_easy_getinfo(transfer.easy, CURLINFO_REDIRECT_URL, &redirect) == CURLE_OK && redirect) {
    transfer.answer.redirect = redirect;
  }
  curl_easy_cleanup(transfer.easy);
  transfer.easy = nullptr;
  transfer.code = code;
  std::erase(active, &transfer);
  transfer.done = true;
  transfer.finished.notify_one();
}

// Adds what is new and drops what was cancelled. The mutex is held.
void TransferLoop::State::take_up() {
  const std::vector<Transfer*> now = active;
  for (Transfer* transfer : now) {
    if (transfer->cancel) {
      settle(*transfer, CURLE_ABORTED_BY_CALLBACK);
    } else if (!transfer->added) {
      transfer->added = curl_multi_add_handle(multi, transfer->easy) == CURLM_OK;
      if (!transfer->added) settle(*transfer, CURLE_FAILED_INIT);
    }
  }
}

void TransferLoop::State::drive() {
  for (;;) {
    {
      std::lock_guard lock(mutex);
      take_up();
      if (stopping && active.empty()) return;
    }
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      std::lock_guard lock(mutex);
      settle(*transfer, code);
    }
    curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
}

TransferLoop::TransferLoop(const HttpOptions& options) : state_(std::make_unique<State>(options)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  state_->multi = curl_multi_init();
  curl_multi_setopt(state_->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
                    static_cast<long>(kConnectionsPerHost));
  state_->thread = std::thread([state = state_.get()] { state->drive(); });
}

TransferLoop::~TransferLoop() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  curl_multi_wakeup(state_->multi);
  state_->thread.join();
  curl_multi_cleanup(state_->multi);
}

Fetched<Answer> TransferLoop::run(const Hop& hop) {
  const HttpOptions& options = state_->options;
  Transfer transfer;
  transfer.hop = &hop;
  transfer.options = &options;
  transfer.private_allowed = names_host(options.private_hosts, hop.target.host, hop.target.port);
  if (!prepare(transfer)) return fault(ErrorCode::internal, "no memory for a request", false);
  std::unique_lock lock(state_->mutex);
  state_->active.push_back(&transfer);
  curl_multi_wakeup(state_->multi);
  while (!transfer.finished.wait_for(lock, kAskFinished, [&] { return transfer.done; })) {
    if (transfer.cancel || !options.cancelled) continue;
    lock.unlock();
    const bool cancelled = options.cancelled();
    lock.lock();
    if (!cancelled || transfer.done) continue;
    transfer.cancel = true;
    curl_multi_wakeup(state_->multi);
  }
  lock.unlock();
  return outcome(transfer);
}

}  // namespace plumbline
