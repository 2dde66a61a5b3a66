namespace Portcullis.Core.Classification.Classes;

/// <summary>Where a person is or was, as coordinates.</summary>
internal sealed class Geolocation : DataClass
{
    public override string Id => "geolocation";

    public override byte Bit => 18;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "lastlatitude",
        "lastlongitude",
        "homelatitude",
        "homelongitude",
        "currentlatitude",
        "currentlongitude",
        "lastknownlocation",
        "currentlocation",
        "gpslocation",
        "gpscoordinates",
        "lastlocation",
    ];

    public override IReadOnlyList<string> WeakFieldNames { get; } =
    ["lat", "latitude", "lng", "lon", "long", "longitude", "gps", "geo", "geolocation", "coordinates", "latlng"];

    public override bool IsSharedWithPlaces => true;

    public override IReadOnlyList<string> Examples { get; } = ["47.6062", "-122.3321", "47.6062,-122.3321"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "Seattle", "47", "a.b"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) =>
        value.Length is >= 3 and <= 64
        && value.ContainsAny(Texts.Digits)
        && value.Contains((byte)'.')
        && !value.ContainsAny((byte)'@', (byte)'<');

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
