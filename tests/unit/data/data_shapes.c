/* SPDX-License-Identifier: EUPL-1.2 */
/* From body to values, in the shapes of the platforms that walls in Duisburg ask. The bodies are written for these tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feeds.h"

#define NBSP "\xC2\xA0"

static const char sources[] =
    "{"
    /* PEGELONLINE: a station with its series */
    "\"rhein\": {\"file\": \"x\", \"fresh_for\": \"30m\", \"pick\": \"/timeseries/0/currentMeasurement\", \"observed\": \"at\", "
    "\"fields\": {"
    "  \"level\": {\"type\": \"number\", \"from\": \"/value\", \"unit\": \"cm\", \"digits\": 0, \"valid\": [-100, 1500]},"
    "  \"at\": {\"type\": \"time\", \"from\": \"/timestamp\", \"encoding\": \"rfc3339\"},"
    "  \"state\": {\"type\": \"enum\", \"from\": \"/stateMnwMhw\", \"map\": {\"normal\": \"normal\", \"high\": \"high\", \"low\": \"low\"},"
    "    \"otherwise\": \"unknown\"},"
    "  \"unit\": {\"type\": \"text\", \"from\": \"^/timeseries/0/unit\"}}},"
    /* PEGELONLINE: measurements of the last days */
    "\"past\": {\"file\": \"x\", \"fresh_for\": \"30m\", \"rows\": true, \"observed\": \"timestamp\", \"fields\": {"
    "  \"value\": {\"type\": \"number\"}, \"timestamp\": {\"type\": \"time\"}}},"
    /* Bright Sky: current weather */
    "\"weather\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"pick\": \"/weather\", \"observed\": \"timestamp\", \"fields\": {"
    "  \"timestamp\": {\"type\": \"time\"}, \"temperature\": {\"type\": \"number\", \"unit\": \"°C\", \"digits\": 1},"
    "  \"gust\": {\"type\": \"number\", \"from\": [\"/wind_gust_speed_10\", \"/wind_gust_speed_60\"]},"
    "  \"icon\": {\"type\": \"text\"}, \"station\": {\"type\": \"text\", \"from\": \"^/sources/0/station_name\"}}},"
    /* EFA departures: texts everywhere, times in pieces, a delay that may lack */
    "\"stops\": {\"file\": \"x\", \"fresh_for\": \"2m\", \"pick\": \"/departureList\", \"rows\": true, \"fields\": {"
    "  \"line\": {\"type\": \"text\", \"from\": \"/servingLine/number\"}, \"to\": {\"type\": \"text\", \"from\": "
    "\"/servingLine/direction\"},"
    "  \"planned\": {\"type\": \"time\", \"from\": \"/dateTime\", \"encoding\": \"parts\"},"
    "  \"expected\": {\"type\": \"time\", \"from\": [\"/realDateTime\", \"/dateTime\"], \"encoding\": \"parts\"},"
    "  \"delay\": {\"type\": \"number\", \"from\": \"/servingLine/delay\", \"unit\": \"min\", \"missing\": \"-9999\"},"
    "  \"now\": {\"type\": \"time\", \"from\": \"^/dateTime\", \"encoding\": \"parts\"}}},"
    /* NGSI: the three forms of one entity */
    "\"air\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"rows\": true, \"observed\": \"at\", \"fields\": {"
    "  \"no2\": {\"type\": \"number\", \"from\": [\"/no2/value\", \"/no2/0/value\", \"/no2\"], \"unit\": \"µg/m³\"},"
    "  \"at\": {\"type\": \"time\", \"from\": [\"/dateObserved/value\", \"/dateObserved\"], \"encoding\": \"any\"},"
    "  \"id\": {\"type\": \"text\"}}},"
    /* UBA, after a program has made rows of its objects of objects of lists */
    "\"uba\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"select\": \".\", \"rows\": true, \"observed\": \"at\", \"fields\": {"
    "  \"at\": {\"type\": \"time\", \"encoding\": \"local\"}, \"index\": {\"type\": \"number\"}, \"part\": {\"type\": \"text\"}}},"
    /* GBFS 2.3: seconds, and the time of the whole beside the rows */
    "\"bikes\": {\"file\": \"x\", \"fresh_for\": \"5m\", \"pick\": \"/data/stations\", \"rows\": true, \"observed\": \"of\", \"fields\": {"
    "  \"id\": {\"type\": \"text\", \"from\": \"/station_id\"}, \"bikes\": {\"type\": \"number\", \"from\": \"/num_bikes_available\"},"
    "  \"of\": {\"type\": \"time\", \"from\": \"^/last_updated\", \"encoding\": \"epoch\"},"
    "  \"renting\": {\"type\": \"enum\", \"from\": \"/is_renting\", \"map\": {\"true\": \"yes\", \"false\": \"no\", \"1\": \"yes\"}}}},"
    /* SMARD: pairs, milliseconds, nulls at the end */
    "\"power\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"pick\": \"/series\", \"rows\": true, \"observed\": \"at\", \"fields\": {"
    "  \"at\": {\"type\": \"time\", \"from\": \"/0\", \"encoding\": \"epoch-ms\"}, \"mw\": {\"type\": \"number\", \"from\": \"/1\"}}},"
    /* DWD: three lines of header, decimal commas, UTC in two columns, the newest first */
    "\"dwd\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"format\": \"csv\", \"rows\": true, \"limit\": 3, \"observed\": \"at\","
    "  \"csv\": {\"delimiter\": \";\", \"decimal\": \",\", \"skip\": 2}, \"fields\": {"
    "  \"at\": {\"type\": \"time\", \"from\": [\"/Datum\", \"/Uhrzeit (UTC)\"], \"encoding\": \"date-time-utc\"},"
    "  \"air\": {\"type\": \"number\", \"from\": \"/Temperatur (2m)\", \"missing\": \"---\"},"
    "  \"water\": {\"type\": \"number\", \"from\": \"/3\", \"missing\": \"---\"}}},"
    "\"latest\": {\"file\": \"x\", \"fresh_for\": \"2h\", \"format\": \"csv\", \"pick\": \"/0\","
    "  \"csv\": {\"delimiter\": \";\", \"decimal\": \",\", \"skip\": 2}, \"fields\": {"
    "  \"air\": {\"type\": \"number\", \"from\": \"/Temperatur (2m)\", \"missing\": \"---\"}}},"
    /* the city of Duisburg: Latin-1, German dates, no-break spaces for what is not known */
    "\"city\": {\"file\": \"x\", \"fresh_for\": \"48h\", \"format\": \"csv\", \"rows\": true,"
    "  \"csv\": {\"delimiter\": \";\", \"decimal\": \",\", \"charset\": \"latin1\"}, \"fields\": {"
    "  \"district\": {\"type\": \"text\", \"from\": \"/Stadtbezirk\"}, \"since\": {\"type\": \"time\", \"from\": \"/Stand\", \"encoding\": "
    "\"german\"},"
    "  \"people\": {\"type\": \"number\", \"from\": \"/Einwohner\"}, \"share\": {\"type\": \"number\", \"from\": \"/Anteil in %\"}}},"
    /* no header: columns by number */
    "\"bare\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"format\": \"csv\", \"rows\": true, \"csv\": {\"header\": false}, \"fields\": {"
    "  \"b\": {\"type\": \"text\", \"from\": \"/1\"}, \"a\": {\"type\": \"number\", \"from\": \"/0\"}}},"
    "\"reshaped\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"format\": \"csv\", \"rows\": true, \"select\": \".\", \"fields\": {"
    "  \"a\": {\"type\": \"number\"}, \"b\": {\"type\": \"text\"}}}"
    "}";

static struct feeds feeds;

static const char station[] =
    "{\"longname\": \"RUHRORT\", \"timeseries\": [{\"shortname\": \"W\", \"unit\": \"cm\", \"equidistance\": 15, \"currentMeasurement\": "
    "{\"timestamp\": \"2026-11-23T14:45:00+01:00\", \"value\": 312.0, \"stateMnwMhw\": \"normal\"}}]}";

static void pegelonline(void **state)
{
    (void)state;
    FEEDS_EXPECT(&feeds, "rhein", station, "312 2026-11-23T13:45:00Z normal cm");
    FEEDS_EXPECT(&feeds, "rhein",
                 "{\"timeseries\": [{\"unit\": \"cm\", \"currentMeasurement\": {\"timestamp\": \"2026-11-23T14:45:00+01:00\", "
                 "\"value\": -888, \"stateMnwMhw\": \"commented\"}}]}",
                 "- 2026-11-23T13:45:00Z unknown cm");
    FEEDS_EXPECT(&feeds, "rhein", "{\"status\": 404, \"message\": \"station not found\"}",
                 "refused: has nothing at /timeseries/0/currentMeasurement");
    FEEDS_EXPECT(&feeds, "rhein", "{\"timeseries\": [{\"currentMeasurement\": null}]}",
                 "refused: has null at /timeseries/0/currentMeasurement; an object is wanted");
    FEEDS_EXPECT(&feeds, "rhein", "{\"timeseries\": [{\"currentMeasurement\": {\"wert\": 5}}]}", "refused: none of its fields is there");
    FEEDS_EXPECT(&feeds, "rhein", "{\"timeseries\": [{\"currentMeasurement\": {\"value\": 312}}]}",
                 "refused: nothing says when it was observed (at)");
    FEEDS_EXPECT(&feeds, "rhein", "<!DOCTYPE html><html><body>Anmeldung im WLAN</body></html>",
                 "refused: is no JSON; it looks like HTML or XML");
    FEEDS_EXPECT(&feeds, "rhein", "{\"timeseries\": [",
                 "refused: is no JSON, line 1, column 17: the file ends, but [ in line 1 is still "
                 "open; ] is missing");
    FEEDS_EXPECT(&feeds, "past",
                 "[{\"timestamp\": \"2026-11-23T14:30:00+01:00\", \"value\": 311}, {\"timestamp\": "
                 "\"2026-11-23T14:45:00+01:00\", \"value\": 312}, null]",
                 "311 2026-11-23T13:30:00Z | 312 2026-11-23T13:45:00Z");
    FEEDS_EXPECT(&feeds, "past", "[]", "");
    FEEDS_EXPECT(&feeds, "past", "{\"value\": 5}", "refused: has an object; a list of rows is wanted");
}

static void bright_sky(void **state)
{
    (void)state;
    FEEDS_EXPECT(&feeds, "weather",
                 "{\"weather\": {\"source_id\": 6007, \"timestamp\": \"2026-11-23T13:30:00+00:00\", \"temperature\": -3.1, "
                 "\"wind_gust_speed_10\": null, \"wind_gust_speed_60\": 31.7, \"icon\": \"partly-cloudy-day\", \"fallback_source_ids\": "
                 "{\"pressure_msl\": 3098}}, \"sources\": [{\"station_name\": \"Duisburg-Baerl\"}]}",
                 "2026-11-23T13:30:00Z -3.1 31.7 partly-cloudy-day Duisburg-Baerl");
}

static void efa(void **state)
{
    (void)state;
    FEEDS_EXPECT(
        &feeds, "stops",
        "{\"dateTime\": {\"day\": \"23\", \"month\": \"11\", \"year\": \"2026\", \"hour\": \"14\", \"minute\": \"04\"}, \"departureList\": "
        "["
        "{\"dateTime\": {\"year\": \"2026\", \"month\": \"11\", \"day\": \"23\", \"hour\": \"14\", \"minute\": \"5\"}, \"realDateTime\": "
        "{\"year\": \"2026\", \"month\": \"11\", \"day\": \"23\", \"hour\": \"14\", \"minute\": \"12\"}, \"servingLine\": {\"number\": "
        "\"901\", \"direction\": \"Obermarxloh\", \"delay\": \"7\"}},"
        "{\"dateTime\": {\"year\": \"2026\", \"month\": \"11\", \"day\": \"24\", \"hour\": \"0\", \"minute\": \"2\"}, \"servingLine\": "
        "{\"number\": \"NE4\", \"direction\": \"Walsum, \xC3\x96stlich\", \"delay\": \"-9999\"}}]}",
        "901 Obermarxloh 2026-11-23T13:05:00Z 2026-11-23T13:12:00Z 7 2026-11-23T13:04:00Z | "
        "NE4 Walsum, \xC3\x96stlich 2026-11-23T23:02:00Z 2026-11-23T23:02:00Z - 2026-11-23T13:04:00Z");
    /* an ambiguous stop is an error, no empty board */
    FEEDS_EXPECT(&feeds, "stops", "{\"dm\": {\"points\": [{\"name\": \"A\"}, {\"name\": \"B\"}]}, \"departureList\": null}",
                 "refused: has null at /departureList; a list of rows is wanted");
}

static void ngsi(void **state)
{
    (void)state;
    FEEDS_EXPECT(&feeds, "air", "[{\"id\": \"a\", \"no2\": 69, \"dateObserved\": \"2026-11-23T13:00:00.000Z\"}]",
                 "69 2026-11-23T13:00:00Z a");
    FEEDS_EXPECT(&feeds, "air",
                 "[{\"id\": \"a\", \"no2\": {\"type\": \"Number\", \"value\": 69, \"metadata\": {}}, \"dateObserved\": "
                 "{\"type\": \"DateTime\", \"value\": \"2026-11-23T13:00:00.00Z\"}}]",
                 "69 2026-11-23T13:00:00Z a");
    FEEDS_EXPECT(&feeds, "air",
                 "[{\"id\": \"a\", \"no2\": [{\"type\": \"Property\", \"value\": 69, \"datasetId\": \"urn:x\"}], "
                 "\"dateObserved\": {\"type\": \"Property\", \"value\": {\"@type\": \"DateTime\", \"@value\": "
                 "\"2026-11-23T13:00:00Z\"}}}]",
                 "69 2026-11-23T13:00:00Z a");
}

static void reshaped_rows(void **state)
{
    (void)state;
    FEEDS_EXPECT(&feeds, "uba",
                 "[{\"at\": \"2026-11-22 24:00:00\", \"index\": \"2\", \"part\": \"pm10\"}, {\"at\": \"2026-11-23 01:00:00\", "
                 "\"index\": 1, \"part\": \"no2\"}]",
                 "2026-11-22T23:00:00Z 2 pm10 | 2026-11-23T00:00:00Z 1 no2");
    FEEDS_EXPECT(&feeds, "bikes",
                 "{\"last_updated\": 1795441800, \"ttl\": 900, \"data\": {\"stations\": [{\"station_id\": 99999999999999999999, "
                 "\"num_bikes_available\": 4, \"is_renting\": true}, {\"station_id\": \"b\", \"num_bikes_available\": 0, "
                 "\"is_renting\": 0}]}}",
                 "99999999999999999999 4 2026-11-23T13:50:00Z yes | b 0 2026-11-23T13:50:00Z -");
    FEEDS_EXPECT(&feeds, "power", "{\"series\": [[1795440600000, 512.5], [1795441500000, null]]}",
                 "2026-11-23T13:30:00Z 512.5 | 2026-11-23T13:45:00Z -");
}

static const char dwd[] =
    "surface observations;Parameter description;x;y\n10410;Unit;Grad C;Grad C\n"
    "Datum;Uhrzeit (UTC);Temperatur (2m);Wassertemperatur\n"
    "23.11.26;13:00;-3,1;---\n23.11.26;12:00;-4,5;7,25\n23.11.26;11:00;---;7\n23.11.26;10:00;1;1\n23.11.26;09:00;1;1\n";

static void csv(void **state)
{
    (void)state;
    struct sw_reading_report report;
    FEEDS_EXPECT(&feeds, "dwd", dwd, "2026-11-23T13:00:00Z -3.1 - | 2026-11-23T12:00:00Z -4.5 7.25 | 2026-11-23T11:00:00Z - 7");
    struct sw_reading *reading = feeds_read(&feeds, "dwd", dwd, strlen(dwd), &report);
    assert_int_equal(sw_reading_facts(reading)->left_out, 2);
    assert_string_equal(report.text, "2 rows beyond the limit of 3 are left out");
    sw_reading_release(reading);
    FEEDS_EXPECT(&feeds, "latest", dwd, "-3.1");
    FEEDS_EXPECT(&feeds, "latest", "a\nb\nTemperatur (2m)\n", "refused: has 0 rows and none at /0");
    FEEDS_EXPECT(&feeds, "city",
                 "Stadtbezirk ;Stand;Einwohner;Anteil in %\r\n\"Homberg, Ruhrort, Baerl\";31.12.2025;41.234;8,2\r\nDuisburg-S\xFC"
                 "d;31.12.2025;"
                 "\xA0;\xA0\r\n",
                 "Homberg, Ruhrort, Baerl 2025-12-30T23:00:00Z 41234 8.2 | Duisburg-S\xC3\xBC"
                 "d 2025-12-30T23:00:00Z - -");
    FEEDS_EXPECT(&feeds, "city", "Stadtbezirk;Stand\n\"Walsum;1\n", "refused: has in line 2 a quote that is never closed");
    FEEDS_EXPECT(&feeds, "city", "Bezirk;Datum\nWalsum;1\n", "refused: none of its fields is there");
    FEEDS_EXPECT(&feeds, "city", "", "refused: is empty");
    FEEDS_EXPECT(&feeds, "bare", "1,x\n2\n,y,z\n", "x 1 | - 2 | y -");
    FEEDS_EXPECT(&feeds, "reshaped", "a,b\n1,\"x\"\"y\"\n2", "1 x\"y | 2 -");
}

/* Pages add up; one that is no good leaves those before it. */
static void pages(void **state)
{
    (void)state;
    static const char text[] =
        "{\"all\": {\"http\": \"https://example.org/\", \"fresh_for\": \"1h\", \"pick\": \"/value\", \"rows\": true, \"limit\": 3, "
        "\"pages\": {\"next\": \"/@iot.nextLink\"}, \"fields\": {\"a\": {\"type\": \"number\"}}, \"attribution\": {\"provider\": \"p\", "
        "\"licence\": {\"name\": \"l\", \"url\": \"https://example.org/l\"}, \"url\": \"https://example.org/d\"}}}";
    struct feeds paged;
    char fault[SW_BODY_FAULT_MAX];
    feeds_open(&paged, text);
    const struct sw_request *request = &feeds_source(&paged, "all")->request;
    struct sw_body *body = sw_body_create(request);
    static const char first[] = "{\"value\": [{\"a\": 1}, {\"a\": 2}], \"@iot.nextLink\": \"https://example.org/?skip=2\"}";
    static const char links[] =
        "{\"value\": [], \"@iot.nextLink\": [{\"rel\": \"self\", \"href\": \"a\"}, {\"rel\": \"next\", \"href\": \"b\"}]}";
    static const char second[] = "{\"value\": [{\"a\": 3}, {\"a\": 4}]}", broken[] = "{\"value\": 5}";
    assert_true(sw_body_add(body, first, sizeof first - 1, fault));
    assert_string_equal(sw_body_next(body), "https://example.org/?skip=2");
    assert_int_equal(sw_body_page_rows(body), 2);
    assert_false(sw_body_add(body, broken, sizeof broken - 1, fault));
    assert_string_equal(fault, "has a number at /value; a list of rows is wanted");
    assert_int_equal(sw_body_rows(body), 2);
    assert_true(sw_body_add(body, links, sizeof links - 1, fault));
    assert_string_equal(sw_body_next(body), "b");
    assert_true(sw_body_add(body, second, sizeof second - 1, fault));
    assert_null(sw_body_next(body));
    assert_int_equal(sw_body_page_rows(body), 2);
    assert_int_equal(sw_body_rows(body), 3);
    assert_int_equal(sw_body_left_out(body), 1);
    struct sw_reading_facts facts = feeds_facts();
    struct sw_reading_report report;
    struct sw_reading *reading = sw_reading_create(request, body, NULL, &facts, &report);
    char rows[64];
    feeds_rows(reading, rows, sizeof rows);
    assert_string_equal(rows, "1 | 2 | 3");
    sw_reading_release(reading);
    sw_body_destroy(body);
    feeds_close(&paged);
}

/* What jq is given has lost nothing. */
static void text_for_jq(void **state)
{
    (void)state;
    struct sw_body *body = sw_body_create(&feeds_source(&feeds, "uba")->request);
    char fault[SW_BODY_FAULT_MAX];
    size_t length = 0;
    static const char page[] = "\xEF\xBB\xBF{\"id\": 9007199254740993, \"n\": 9007199254740991, \"x\": 0.1, \"x\": 0.2}";
    assert_true(sw_body_add(body, page, sizeof page - 1, fault));
    assert_int_equal(sw_body_rows(body), 0);
    char *text = sw_body_text(body, &length);
    assert_string_equal(text, "{\"id\":\"9007199254740993\",\"n\":9007199254740991,\"x\":0.2}");
    assert_int_equal(length, strlen(text));
    free(text);
    assert_false(sw_body_add_selected(body, "{}", 2, fault));
    assert_string_equal(fault, "has an object; a list of rows is wanted");
    assert_true(sw_body_add_selected(body, "[{\"part\":\"a\"}]", 14, fault));
    assert_int_equal(sw_body_rows(body), 1);
    sw_body_destroy(body);
}

static int set_up(void **state)
{
    (void)state;
    feeds_open(&feeds, sources);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    feeds_close(&feeds);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pegelonline),   cmocka_unit_test(bright_sky), cmocka_unit_test(efa),   cmocka_unit_test(ngsi),
        cmocka_unit_test(reshaped_rows), cmocka_unit_test(csv),        cmocka_unit_test(pages), cmocka_unit_test(text_for_jq),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
