// How work that many threads can share is shared.
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace plumbline {

// Threads for work of which `wanted` was asked; 0: as many as the machine has cores.
inline std::size_t worker_count(int wanted) {
  return wanted > 0 ? static_cast<std::size_t>(wanted)
                    : std::max(1U, std::thread::hardware_concurrency());
}

// Calls work(begin, end) once for every worker, each with a stretch of its own of `count` things;
// returns when all are done. No exception may leave `work`.
template <class Work>
void in_stretches(std::size_t count, std::size_t workers, const Work& work) {
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker)
    threads.emplace_back(
        [&, worker] { work(count * worker / workers, count * (worker + 1) / workers); });
  work(std::size_t{0}, count / workers);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace plumbline
