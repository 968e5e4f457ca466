#include "CHarnessXML.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Where pkg-config gave no search path (macOS), the SDK has the headers one folder further down.
#if __has_include(<libxml/parser.h>)
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlversion.h>
#else
#include <libxml2/libxml/SAX2.h>
#include <libxml2/libxml/parser.h>
#include <libxml2/libxml/xmlerror.h>
#include <libxml2/libxml/xmlversion.h>
#endif

// libxml2 2.9 refuses one chunk above 10 MB, and a small chunk stays in the cache.
enum { chunkSize = 64 * 1024, messageSize = 256, fewAttributes = 16 };

struct CHarnessXMLParser {
  xmlParserCtxtPtr libxml;
  CHarnessXMLEvents events;
  void *context;
  CHarnessXMLLimits limits;
  size_t depth;
  CHarnessXMLProblem problem;
  int64_t line;
  char message[messageSize];
  // Grows to the widest element seen.
  CHarnessXMLAttribute *attributes;
  size_t attributeCapacity;
};

static void fail(CHarnessXMLParser *parser, CHarnessXMLProblem problem, int64_t line,
                 const char *message) {
  // The first problem is the cause; those after it are its echo.
  if (parser->problem == CHarnessXMLProblemNone) {
    parser->problem = problem;
    parser->line = line;
    size_t count = strcspn(message, "\r\n");
    if (count >= messageSize) count = messageSize - 1;
    memcpy(parser->message, message, count);
    parser->message[count] = 0;
  }
  xmlStopParser(parser->libxml);
}

static int64_t currentLine(const CHarnessXMLParser *parser) {
  return xmlSAX2GetLineNumber(parser->libxml);
}

static CHarnessXMLText text(const xmlChar *string) {
  CHarnessXMLText result = {string, string ? strlen((const char *)string) : 0};
  return result;
}

static CHarnessXMLName name(const xmlChar *local, const xmlChar *uri) {
  CHarnessXMLName result = {text(local), text(uri)};
  return result;
}

static bool reserve(CHarnessXMLParser *parser, size_t count) {
  if (count <= parser->attributeCapacity) return true;
  size_t capacity = count < fewAttributes ? fewAttributes : count;
  CHarnessXMLAttribute *grown = realloc(parser->attributes, capacity * sizeof *grown);
  if (!grown) return false;
  parser->attributes = grown;
  parser->attributeCapacity = capacity;
  return true;
}

static void startElement(void *user, const xmlChar *local, const xmlChar *prefix,
                         const xmlChar *uri, int namespaceCount, const xmlChar **namespaces,
                         int attributeCount, int defaultedCount, const xmlChar **attributes) {
  (void)prefix, (void)namespaceCount, (void)namespaces, (void)defaultedCount;
  CHarnessXMLParser *parser = user;
  if (parser->problem != CHarnessXMLProblemNone) return;
  if (++parser->depth > parser->limits.depth) {
    fail(parser, CHarnessXMLProblemTooDeep, currentLine(parser), "too many nested elements");
    return;
  }
  size_t count = attributeCount > 0 ? (size_t)attributeCount : 0;
  if (!reserve(parser, count)) {
    fail(parser, CHarnessXMLProblemOutOfMemory, currentLine(parser), "out of memory");
    return;
  }
  for (size_t index = 0; index < count; index++) {
    // Five pointers for each: local name, prefix, namespace, begin and end of the value.
    const xmlChar **fields = attributes + index * 5;
    size_t length = (size_t)(fields[4] - fields[3]);
    if (length > parser->limits.attributeBytes) {
      fail(parser, CHarnessXMLProblemAttributeTooLong, currentLine(parser),
           "an attribute's value is too long");
      return;
    }
    parser->attributes[index].name = name(fields[0], fields[2]);
    parser->attributes[index].value.bytes = fields[3];
    parser->attributes[index].value.count = length;
  }
  parser->events.startElement(parser->context, name(local, uri), parser->attributes, count);
}

static void endElement(void *user, const xmlChar *local, const xmlChar *prefix,
                       const xmlChar *uri) {
  (void)prefix;
  CHarnessXMLParser *parser = user;
  if (parser->problem != CHarnessXMLProblemNone) return;
  parser->depth--;
  parser->events.endElement(parser->context, name(local, uri));
}

static void characters(void *user, const xmlChar *bytes, int count) {
  CHarnessXMLParser *parser = user;
  if (parser->problem != CHarnessXMLProblemNone || count <= 0) return;
  CHarnessXMLText run = {bytes, (size_t)count};
  parser->events.text(parser->context, run);
}

// Called before the internal subset is read, so nothing in it is ever looked at.
static void doctype(void *user, const xmlChar *rootName, const xmlChar *externalID,
                    const xmlChar *systemID) {
  (void)rootName, (void)externalID, (void)systemID;
  CHarnessXMLParser *parser = user;
  fail(parser, CHarnessXMLProblemDoctype, currentLine(parser),
       "a document type declaration is not allowed");
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorPointer;
#else
typedef xmlErrorPtr ErrorPointer;
#endif

static void structuredError(void *user, ErrorPointer error) {
  CHarnessXMLParser *parser = user;
  if (error->level == XML_ERR_WARNING) return;
  // Errors against the namespace rules, such as an undeclared prefix, count too: libxml2 itself would
  // parse on with the name unresolved.
  fail(parser,
       error->code == XML_ERR_NO_MEMORY ? CHarnessXMLProblemOutOfMemory
                                        : CHarnessXMLProblemNotWellFormed,
       error->line, error->message ? error->message : "not well-formed");
}

static void initializeLibrary(void) { xmlInitParser(); }

CHarnessXMLParser *charness_xml_parser_create(CHarnessXMLEvents events, void *context,
                                              CHarnessXMLLimits limits) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, initializeLibrary);

  CHarnessXMLParser *parser = calloc(1, sizeof *parser);
  if (!parser) return NULL;
  parser->events = events;
  parser->context = context;
  parser->limits = limits;

  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = startElement;
  handler.endElementNs = endElement;
  handler.characters = characters;
  // The same function, or libxml2 would try to tell blanks from text.
  handler.ignorableWhitespace = characters;
  handler.cdataBlock = characters;
  handler.internalSubset = doctype;
  handler.serror = structuredError;
  parser->libxml = xmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL);
  if (!parser->libxml) {
    free(parser);
    return NULL;
  }

  // HUGE lifts libxml2's own limit of 10 MB for one text; the caller bounds the bytes. NOENT makes
  // `&amp;` in an attribute arrive as `&`, not as `&#38;`; it can expand nothing more, because no
  // entity is ever declared: the document type declaration ends the parse, and the handler knows
  // neither entityDecl nor getEntity.
  int options = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT;
#if LIBXML_VERSION >= 21300
  options |= XML_PARSE_NO_XXE;
#endif
  xmlCtxtUseOptions(parser->libxml, options);
  return parser;
}

static bool parse(CHarnessXMLParser *parser, const uint8_t *bytes, int count, int terminate) {
  int code = xmlParseChunk(parser->libxml, (const char *)bytes, count, terminate);
  if (parser->problem != CHarnessXMLProblemNone) return false;
  // Every error comes with a report, but a silent one must not pass either.
  if (code != XML_ERR_OK && code != XML_WAR_NS_URI && code != XML_WAR_NS_URI_RELATIVE) {
    fail(parser, CHarnessXMLProblemNotWellFormed, currentLine(parser), "not well-formed");
    return false;
  }
  return true;
}

bool charness_xml_parser_feed(CHarnessXMLParser *parser, const uint8_t *bytes, size_t count) {
  if (parser->problem != CHarnessXMLProblemNone) return false;
  while (count > 0) {
    int part = count > chunkSize ? chunkSize : (int)count;
    if (!parse(parser, bytes, part, 0)) return false;
    bytes += part;
    count -= (size_t)part;
  }
  return true;
}

bool charness_xml_parser_finish(CHarnessXMLParser *parser) {
  if (parser->problem != CHarnessXMLProblemNone) return false;
  return parse(parser, NULL, 0, 1);
}

void charness_xml_parser_stop(CHarnessXMLParser *parser) {
  fail(parser, CHarnessXMLProblemStopped, currentLine(parser), "stopped");
}

CHarnessXMLProblem charness_xml_parser_problem(const CHarnessXMLParser *parser) {
  return parser->problem;
}

int64_t charness_xml_parser_line(const CHarnessXMLParser *parser) { return parser->line; }

const char *charness_xml_parser_message(const CHarnessXMLParser *parser) {
  return parser->message;
}

void charness_xml_parser_destroy(CHarnessXMLParser *parser) {
  if (!parser) return;
  xmlFreeParserCtxt(parser->libxml);
  free(parser->attributes);
  free(parser);
}
