foreach(check arrows arrows-selftest limits)
    add_test(NAME structure-${check} COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/structure/check-${check}.sh ${PROJECT_SOURCE_DIR})
endforeach()
