using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Texts that belong to an entity: inside it when they fit into a property, otherwise in a blob that the entity names. A blob's name
/// holds the hash of what is in it, so that it is written once, before the entity, and never changes under a reader.
/// </summary>
internal sealed class BodyBlobs(BlobContainerClient container)
{
    private const string Inline = "Body";
    private const string Reference = "BodyBlob";

    /// <summary>Creates the container unless it exists.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken) => await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Puts a text into an entity, or into a blob in the folder and its name into the entity.</summary>
    public async Task SetAsync(TableEntity entity, string folder, string text, CancellationToken cancellationToken)
    {
        if (text.Length <= StoreGuard.MaxTextLength)
        {
            entity[Inline] = text;
            return;
        }

        string name = $"{folder}/{TableKeys.Hash(text)}";
        await PutAsync(name, BinaryData.FromString(text), cancellationToken);
        entity[Reference] = name;
    }

    /// <summary>The text of an entity.</summary>
    public async Task<string> GetAsync(TableEntity entity, CancellationToken cancellationToken)
        => entity.GetString(Reference) is { } name ? (await GetAsync(name, cancellationToken)).ToString() : entity.GetString(Inline) ?? "";

    /// <summary>Whether the text of an entity is in a blob.</summary>
    public static bool IsInBlob(TableEntity entity) => entity.ContainsKey(Reference);

    /// <summary>Writes a blob whose name says what is in it.</summary>
    public Task PutAsync(string name, BinaryData content, CancellationToken cancellationToken)
        => container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellationToken);

    /// <summary>Reads a blob.</summary>
    public async Task<BinaryData> GetAsync(string name, CancellationToken cancellationToken)
        => (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content;

    /// <summary>Deletes blobs of a folder that were last written before a time and are not in use. One that is written to meanwhile stays.</summary>
    public async Task DeleteUnusedAsync(string folder, DateTimeOffset before, Func<string, bool> isUsed, int most, CancellationToken cancellationToken)
    {
        AsyncPageable<BlobItem> blobs = container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder + "/" }, cancellationToken);
        await foreach (BlobItem blob in blobs.Where(blob => blob.Properties.LastModified < before && !isUsed(blob.Name[(folder.Length + 1)..])).Take(most))
        {
            try
            {
                await container.DeleteBlobAsync(blob.Name, conditions: new BlobRequestConditions { IfMatch = blob.Properties.ETag }, cancellationToken: cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // Gone, or as good as new.
            }
        }
    }

    /// <summary>Deletes the blobs of a folder.</summary>
    public async Task DeleteFolderAsync(string folder, CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder + "/" }, cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }
}
