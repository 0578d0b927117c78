// The sign on the door: one process at a time may write a store.
#pragma once

#include <string>

#include "base/result.h"

namespace plumbline {

// Held from take() until it leaves scope or the process ends, however it ends. The lock lives
// beside the store, in PATH.lock, which holds the number of the process and stays behind unlocked.
class WriterLock {
 public:
  // `conflict` names the process that holds it.
  static Result<WriterLock> take(const std::string& store_path);
  WriterLock() = default;
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  int file_ = -1;
};

}  // namespace plumbline
