// A value that is made when it is first asked for: of a dozen languages a run meets one or two.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/result.h"

namespace plumbline {

template <class Value>
class WhenAsked {
 public:
  using Make = std::function<std::optional<Value>()>;

  // Of what `read` gives: now, where its errors are to be said, else when it is asked for.
  template <class Read>
  static Result<WhenAsked> reading(bool now, Read read) {
    if (now) return WhenAsked(PLUMBLINE_TRY(read()));
    return WhenAsked(Make([read]() -> std::optional<Value> {
      Result<Value> value = read();
      if (!value) return {};
      return std::move(*value);
    }));
  }

  explicit WhenAsked(Value made) : state_(std::make_unique<State>()) {
    state_->value = std::move(made);
  }
  // `make` is called once at most, by whichever thread asks first.
  explicit WhenAsked(Make make) : state_(std::make_unique<State>()) {
    state_->make = std::move(make);
  }

  // nullptr where it could not be made.
  const Value* get() const {
    std::call_once(state_->once, [this] {
      if (!state_->make) return;
      state_->value = state_->make();
      state_->make = nullptr;
    });
    return state_->value ? &*state_->value : nullptr;
  }

 private:
  struct State {
    std::once_flag once;
    Make make;
    std::optional<Value> value;
  };
  std::unique_ptr<State> state_;
};

}  // namespace plumbline
