{{ crm_warehouse.judged('crm', 'opportunities') }}
