using System.Threading.Channels;

namespace PelNas.Local.Tests.Host;

internal static class ChannelReaderExtensions
{
    /// <summary>The next item; a time-out says what was awaited.</summary>
    public static Task<T> NextAsync<T>(this ChannelReader<T> reader, string awaited) =>
        Awaiting.For(reader.ReadAsync(Cancellation).AsTask(), awaited);
}
