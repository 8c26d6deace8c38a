#include "driver/day.h"

#include <algorithm>

#include "driver/diagnostics.h"

namespace dpc::driver {
namespace {

std::string Short(const source::DatedCommit& commit) {
  static constexpr std::size_t kShown = 12;
  return commit.id.substr(0, kShown);
}

class Calendar {
 public:
  Calendar(const Compilation& c, const Options& options, Emitter& emitter)
      : options_(options),
        emitter_(emitter),
        head_(c.tree->Days()),
        tip_(c.fork ? c.fork->days : std::nullopt),
        up_to_date_(!c.fork || c.fork->IsUpToDate()) {}

  std::optional<Date> Run() {
    ReportFuture();
    if (options_.today) {
      return options_.today;
    }
    ReportPast();
    std::optional<Date> day = options_.not_before;
    for (const auto& days : {head_, tip_}) {
      day = days ? std::max(day.value_or(days->latest.day), days->latest.day) : day;
    }
    return day && options_.not_after ? std::min(*day, *options_.not_after) : day;
  }

 private:
  // Once for one commit.
  void ReportFuture() {
    std::string said;
    for (const auto& days : {head_, tip_}) {
      if (options_.not_after && days && days->latest.day > *options_.not_after && said != days->latest.id) {
        said = days->latest.id;
        emitter_.Report(kCommitAfterBound, Range{}, Short(days->latest), days->latest.day.ToString(),
                        options_.not_after->ToString());
      }
    }
  }

  void ReportPast() {
    if (!head_) {
      return;
    }
    // A tip that is an ancestor may be more commits away than were looked at.
    const bool by_tip = up_to_date_ && tip_ && tip_->own.day > head_->latest.day;
    const source::DatedCommit& ancestor = by_tip ? tip_->own : head_->latest;
    if (head_->own.day < ancestor.day) {
      emitter_.Report(kCommitBeforeAncestor, Range{}, Short(head_->own), head_->own.day.ToString(), Short(ancestor),
                      ancestor.day.ToString());
    } else if (tip_ && head_->own.day < tip_->own.day) {
      emitter_.Report(kCommitBeforeTip, Range{}, Short(head_->own), head_->own.day.ToString(), Short(tip_->own),
                      tip_->own.day.ToString());
    }
  }

  const Options& options_;
  Emitter& emitter_;
  std::optional<source::CommitDays> head_;
  std::optional<source::CommitDays> tip_;
  bool up_to_date_;
};

}  // namespace

std::optional<Date> FindDay(const Compilation& compilation, const Options& options, Emitter& emitter) {
  return Calendar(compilation, options, emitter).Run();
}

}  // namespace dpc::driver
