namespace PelNas.Cli.Supernets;

/// <summary>
/// A clock that goes by the processor time of this process, so that minutes of training are the same amount of work whatever else the
/// machine does.
/// </summary>
internal sealed class ProcessorClock : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
