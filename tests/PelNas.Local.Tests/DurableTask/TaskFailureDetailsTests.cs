using Microsoft.DurableTask;

namespace PelNas.Local.Tests.DurableTask;

public sealed class TaskFailureDetailsTests
{
    [Fact]
    public void An_exception_is_recorded_with_those_inside_it()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new InvalidOperationException("outer", new FormatException("inner")));

        details.ToString().ShouldBe("System.InvalidOperationException: outer");
        details.InnerFailure!.ToString().ShouldBe("System.FormatException: inner");
        details.InnerFailure.InnerFailure.ShouldBeNull();
    }

    [Fact]
    public void A_failed_task_is_recorded_with_the_failure_behind_it()
    {
        TaskFailureDetails activity = TaskFailureDetails.FromException(new FormatException("cause"));

        TaskFailureDetails details = TaskFailureDetails.FromException(new TaskFailedException("Score", 7, activity));

        details.ErrorType.ShouldBe("Microsoft.DurableTask.TaskFailedException");
        details.ErrorMessage.ShouldBe("Task 'Score' (#7) failed with an unhandled exception: cause");
        details.InnerFailure.ShouldBe(activity);
    }

    [Fact]
    public void Causes_are_told_by_type_and_base_type_of_the_error_itself()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new SampleException("x", new FormatException()));

        details.IsCausedBy<SampleException>().ShouldBeTrue();
        details.IsCausedBy<InvalidOperationException>().ShouldBeTrue();
        details.IsCausedBy<Exception>().ShouldBeTrue();
        details.IsCausedBy<FormatException>().ShouldBeFalse();
        Type other = details.GetType();
        Should.Throw<ArgumentException>(() => details.IsCausedBy(other)).Message.ShouldContain("not an exception type");
    }

    [Fact]
    public void An_unknown_type_is_caused_by_nothing()
    {
        TaskFailureDetails details = new("Gone.WithTheLastVersionException", "x", null, null, null);

        details.IsCausedBy<Exception>().ShouldBeFalse();
        (details with { ErrorType = string.Empty }).IsCausedBy<Exception>().ShouldBeFalse();
    }

    [Fact]
    public void A_failed_task_can_be_made_from_the_error_itself()
    {
        TaskFailedException e = new("Score", 7, new FormatException("cause"));

        e.FailureDetails.IsCausedBy<FormatException>().ShouldBeTrue();
        e.InnerException.ShouldBeOfType<FormatException>();
    }

    private sealed class SampleException(string message, Exception inner) : InvalidOperationException(message, inner);
}
