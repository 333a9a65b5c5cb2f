using PelNas.Local.Host.Timers;

namespace PelNas.Local.Tests.Host.Timers;

public sealed class TimerStateStoreTests : FolderTest
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private string StatePath => Folder.File("below/timers.json");

    [Fact]
    public void What_is_saved_is_found_after_a_restart_and_nothing_else()
    {
        new TimerStateStore(StatePath).Save("Clock", new ScheduleStatus { Last = Noon, Next = Noon.AddHours(1), LastUpdated = Noon });

        var found = new TimerStateStore(StatePath).Find("clock").ShouldNotBeNull();

        (found.Last, found.Next, found.LastUpdated).ShouldBe((Noon, Noon.AddHours(1), Noon));
        found.Next.Kind.ShouldBe(DateTimeKind.Utc);
        new TimerStateStore(StatePath).Find("Other").ShouldBeNull();
    }

    [Fact]
    public void A_file_of_something_else_is_refused_with_the_fix()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, "[1]");

        Should.Throw<InvalidDataException>(() => new TimerStateStore(StatePath)).Message.ShouldContain(
            "Delete it to forget the recorded runs");
    }

    [Fact]
    public void Timers_that_save_at_once_do_not_lose_each_others_state()
    {
        var store = new TimerStateStore(StatePath);
        Parallel.For(0, 20, i => store.Save($"Timer{i}", new ScheduleStatus { Last = Noon.AddMinutes(i) }));

        var read = new TimerStateStore(StatePath);
        Enumerable.Range(0, 20).Select(i => read.Find($"Timer{i}")!.Last).ShouldBe(Enumerable.Range(0, 20).Select(i => Noon.AddMinutes(i)));
    }
}
