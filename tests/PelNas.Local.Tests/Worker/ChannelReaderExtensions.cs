using System.Threading.Channels;

namespace PelNas.Local.Tests.Worker;

internal static class ChannelReaderExtensions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The next item; a time-out says what was awaited.</summary>
    public static async Task<T> NextAsync<T>(this ChannelReader<T> reader, string awaited)
    {
        try
        {
            return await reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain for {awaited}.", exception);
        }
    }
}
