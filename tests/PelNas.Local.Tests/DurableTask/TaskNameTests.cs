using Microsoft.DurableTask;

namespace PelNas.Local.Tests.DurableTask;

public sealed class TaskNameTests
{
    [Fact]
    public void Names_compare_without_regard_to_case()
    {
        TaskName name = "Score";

        (name == new TaskName("sCORE")).ShouldBeTrue();
        (name != "Other").ShouldBeTrue();
        name.GetHashCode().ShouldBe(new TaskName("SCORE").GetHashCode());
        ((string)name).ShouldBe("Score");
    }

    [Fact]
    public void Nothing_and_the_empty_string_are_the_default()
    {
        ((TaskName)string.Empty).ShouldBe(default);
        new TaskName(null!).ShouldBe(default);
        default(TaskName).ToString().ShouldBeEmpty();
        default(TaskName).GetHashCode().ShouldBe(0);
    }
}
