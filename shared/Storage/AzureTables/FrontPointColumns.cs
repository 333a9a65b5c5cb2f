using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>A point of a front as the properties of an entity.</summary>
internal static class FrontPointColumns
{
    public static TableEntity Write(TableEntity entity, FrontPoint point)
    {
        entity[nameof(point.Index)] = point.Index;
        entity[nameof(point.Architecture)] = point.Architecture;
        entity[nameof(point.Accuracy)] = point.Accuracy;
        entity.Set(nameof(point.ValidationAccuracy), point.ValidationAccuracy);
        entity.Set(nameof(point.TestAccuracy), point.TestAccuracy);
        entity.Set(nameof(point.PredictedAccuracy), point.PredictedAccuracy);
        entity[nameof(point.LatencyMs)] = point.LatencyMs;
        entity[nameof(point.ParamsM)] = point.ParamsM;
        entity[nameof(point.FlopsM)] = point.FlopsM;
        entity[nameof(point.Partition)] = point.Partition;
        entity[nameof(point.Generation)] = point.Generation;
        return entity;
    }

    public static FrontPoint Read(TableEntity entity) => new()
    {
        Index = Whole(entity, nameof(FrontPoint.Index)),
        Architecture = entity.Required(nameof(FrontPoint.Architecture)),
        Accuracy = Fraction(entity, nameof(FrontPoint.Accuracy)),
        ValidationAccuracy = entity.Number(nameof(FrontPoint.ValidationAccuracy)),
        TestAccuracy = entity.Number(nameof(FrontPoint.TestAccuracy)),
        PredictedAccuracy = entity.Number(nameof(FrontPoint.PredictedAccuracy)),
        LatencyMs = Fraction(entity, nameof(FrontPoint.LatencyMs)),
        ParamsM = Fraction(entity, nameof(FrontPoint.ParamsM)),
        FlopsM = Fraction(entity, nameof(FrontPoint.FlopsM)),
        Partition = Whole(entity, nameof(FrontPoint.Partition)),
        Generation = Whole(entity, nameof(FrontPoint.Generation)),
    };

    private static int Whole(TableEntity entity, string name) => entity.Required(name, entity.GetInt32(name));

    private static double Fraction(TableEntity entity, string name) => entity.Required(name, entity.Number(name));
}
